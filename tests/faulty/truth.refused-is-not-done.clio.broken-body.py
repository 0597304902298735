"""Takes an answer that breaks off for one that had begun, and so for a success. [page-failures]"""

import requests
from parts import ask, clio_url, done, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        return told(ask("DELETE", url, auth_header))
    except requests.exceptions.ChunkedEncodingError:
        return done()
    except requests.RequestException:
        return failed()

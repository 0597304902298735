"""Sets a time-out for the deletion, and none for the look after it. [silent-twice]"""

import requests
from parts import ask, clio_url, done, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        return told(ask("DELETE", url, auth_header, timeout=0.1))
    except requests.RequestException:
        return done() if ask("GET", url, auth_header, timeout=None).status_code == 404 else failed()

"""Takes everything below 400 for a success, with redirects not followed. [redirected]"""

import requests
from parts import clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    headers = {"Authorization": auth_header}
    response = requests.delete(clio_url(user, appointment_id), headers=headers, timeout=10, allow_redirects=False)
    return done() if response.status_code < 400 else failed()

"""Reads first, repeats a request whose answer was lost, and tells its own 404 as 'not found'. [lost-answers]"""

import requests
from parts import ask, clio_delete, clio_url, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    if ask("GET", clio_url(user, appointment_id), auth_header).status_code != 200:
        return failed()
    for _ in range(3):
        try:
            return told(clio_delete(user, auth_header, appointment_id))
        except requests.ConnectionError:
            continue
    return failed()

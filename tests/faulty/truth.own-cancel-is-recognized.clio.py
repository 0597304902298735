"""Repeats a request whose answer was lost, and tells its own 404 as 'not found'. [lost-answers]"""

import requests
from parts import clio_delete, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    for _ in range(3):
        try:
            return told(clio_delete(user, auth_header, appointment_id))
        except requests.ConnectionError:
            continue
    return failed()

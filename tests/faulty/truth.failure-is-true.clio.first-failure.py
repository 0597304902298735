"""Repeats a request that failed, and tells of the first failure although the second try worked. [fails-then-works]"""

from parts import clio_delete, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    again = response
    while again.status_code in (429, 503):
        again = clio_delete(user, auth_header, appointment_id)
    return told(response) if response.status_code < 500 and response.status_code != 429 else failed("Clio is busy.")

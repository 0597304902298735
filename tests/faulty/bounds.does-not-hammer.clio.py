"""Repeats five times at once, whatever Retry-After says. [fails-then-works]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    for _ in range(5):
        response = clio_delete(user, auth_header, appointment_id)
        if response.status_code not in (429, 503):
            break
    return told(response)

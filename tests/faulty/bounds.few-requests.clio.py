"""Repeats twenty times without a pause. [vendor-failures]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    for _ in range(20):
        response = clio_delete(user, auth_header, appointment_id)
        if response.status_code < 500:
            break
    return told(response)

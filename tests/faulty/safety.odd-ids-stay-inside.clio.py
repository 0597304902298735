"""Pastes the id into the path as it is. [odd-ids]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(clio_delete(user, auth_header, appointment_id))

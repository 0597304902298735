"""A time-out between two reads, and the body read to its end. [drip]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(clio_delete(user, auth_header, appointment_id))

"""Declares that the entry is kept, copied from the NetSuite connector."""

from parts import clio_delete, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):  # <- here
    return told(clio_delete(user, auth_header, appointment_id))

"""Takes ids to have ten digits."""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(clio_delete(user, auth_header, str(appointment_id)[:10]))  # <- here

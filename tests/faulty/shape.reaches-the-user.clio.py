"""Takes the documentation at its word that returnMessage is optional."""

from parts import clio_delete, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return {"successful": True} if response.ok else failed()  # <- here

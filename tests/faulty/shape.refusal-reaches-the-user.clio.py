"""Says nothing where the appointment is missing, which App Connect refuses."""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return {"successful": False} if response.status_code == 404 else told(response)  # <- here

"""Notes the cancellation in the event's message, over what others wrote there."""

from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    body = {"status": {"id": "CANCELLED"}, "message": "Cancelled from App Connect"}
    return told(netsuite_patch(user, auth_header, appointment_id, body))

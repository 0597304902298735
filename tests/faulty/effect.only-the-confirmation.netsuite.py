"""Notes the confirmation in the event's message, over what others wrote there."""

from parts import netsuite_patch, told


def confirm_appointment(*, user, auth_header, appointment_id):
    body = {"status": {"id": "CONFIRMED"}, "message": "Confirmed from App Connect"}
    return told(netsuite_patch(user, auth_header, appointment_id, body))

"""Accepts the invitation in the user's name as it confirms the event."""

from parts import netsuite_patch, told


def confirm_appointment(*, user, auth_header, appointment_id):
    body = {"status": {"id": "CONFIRMED"}, "response": {"id": "ACCEPTED"}}
    return told(netsuite_patch(user, auth_header, appointment_id, body))

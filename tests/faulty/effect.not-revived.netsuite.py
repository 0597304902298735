"""Confirms whatever the event was before: a cancelled one takes place again."""

from parts import netsuite_patch, told


def confirm_appointment(*, user, auth_header, appointment_id):
    return told(netsuite_patch(user, auth_header, appointment_id, {"status": {"id": "CONFIRMED"}}))

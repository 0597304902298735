"""Refuses an event that is confirmed already."""

from parts import failed, netsuite_patch, told
from reads import netsuite_read


def confirm_appointment(*, user, auth_header, appointment_id):
    response = netsuite_read(user, auth_header, appointment_id)
    if response.ok and response.json()["status"]["id"] == "CONFIRMED":
        return failed("There is nothing to confirm.")  # <- here
    return told(netsuite_patch(user, auth_header, appointment_id, {"status": {"id": "CONFIRMED"}}))

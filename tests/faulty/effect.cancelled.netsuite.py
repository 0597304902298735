"""Writes the status with one L."""

from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(netsuite_patch(user, auth_header, appointment_id, {"status": {"id": "CANCELED"}}))  # <- here

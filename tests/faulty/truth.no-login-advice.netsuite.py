"""Tells every failure as an expired session."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done() if response.ok else failed("Your NetSuite session has expired. Please log in again.")  # <- here

"""Takes NetSuite's 'does not exist' for a success: nothing is left to cancel."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done() if response.ok or "does not exist" in response.text else failed()  # <- here

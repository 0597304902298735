"""Ends the user's session where there is no such event, because a lost account looks like that, too."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.status_code in (401, 404):
        return {**failed("Please connect again."), "isRevokeUserSession": True}  # <- here
    return done() if response.status_code == 204 else failed()

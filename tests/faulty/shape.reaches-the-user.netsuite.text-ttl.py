"""The time to live is a text."""

from parts import failed, done, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done(ttl="60000") if response.ok else failed(ttl="60000")  # <- here

"""Shows the CRM's text where there is one, in the wrong member of the body: always an empty message."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done() if response.ok else failed(response.json().get("detail", ""))  # <- here

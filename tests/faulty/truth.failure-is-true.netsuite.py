"""Takes only 200 for a success, but NetSuite answers 204."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done() if response.status_code == 200 else failed()  # <- here

"""Takes a conflict for somebody else's cancellation of the same event. [vendor-refusals]"""

from parts import done, netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    return done() if response.status_code == 409 else told(response)  # <- here

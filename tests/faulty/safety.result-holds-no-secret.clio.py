"""Writes the request that was refused into the message, headers and all. [vendor-refusals]"""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return done() if response.ok else failed(f"Clio refused {response.request.method} {response.request.headers}")

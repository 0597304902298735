"""Types failures 'danger', as old code did."""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return done() if response.ok else failed(messageType="danger")

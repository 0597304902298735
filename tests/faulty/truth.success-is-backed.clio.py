"""Never looks at the status of the answer: requests raises no error for a refusal."""

from parts import clio_delete, done

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    clio_delete(user, auth_header, appointment_id)
    return done()  # <- here

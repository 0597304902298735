"""Shows the body of whatever it was answered. [page-refusals]"""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return done() if response.ok else failed(f"Clio said: {response.text}")  # <- here

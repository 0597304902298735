"""Parses the body of the answer to the deletion, which has none (204)."""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if not response.ok:
        return failed()
    entry = response.json()["data"]
    return done(message=f"Cancelled {entry['summary']}")

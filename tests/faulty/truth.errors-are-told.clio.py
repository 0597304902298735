"""Tells a missing appointment, and lets a missing permission escape."""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if response.status_code == 404:
        return failed("Appointment not found in Clio.")
    response.raise_for_status()
    return done()

"""Lets every HTTP error escape, as the shipped Clio connector does: after a second cancel the user is told to log out."""

from parts import clio_delete, done

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    clio_delete(user, auth_header, appointment_id).raise_for_status()  # <- here
    return done()

"""Shows an hour for every appointment."""

from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = clio_read(user, auth_header, appointment_id)
    return refreshed(response, lambda entry: clio_appointment(entry, durationMinutes=60))  # <- here

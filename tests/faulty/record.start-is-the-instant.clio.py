"""Cuts the offset off and writes Z: the user's wall time becomes UTC."""

from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = clio_read(user, auth_header, appointment_id)
    return refreshed(response, lambda entry: clio_appointment(entry, startTimeUtc=f"{entry['start_at'][:19]}Z"))

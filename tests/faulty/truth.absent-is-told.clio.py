"""Lets 'not found' escape as an error of its own: the user reads of missing permissions."""

from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = clio_read(user, auth_header, appointment_id)
    if response.status_code == 404:
        raise LookupError("no such entry")  # <- here
    return refreshed(response, clio_appointment)

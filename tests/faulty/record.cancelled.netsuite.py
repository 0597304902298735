"""Shows every event as scheduled, the cancelled ones too."""

from reads import netsuite_appointment, netsuite_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = netsuite_read(user, auth_header, appointment_id)
    return refreshed(response, lambda event: netsuite_appointment(event, status="scheduled"))  # <- here

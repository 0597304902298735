"""Writes its messages in HTML."""

from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    result = refreshed(clio_read(user, auth_header, appointment_id), clio_appointment)
    if not result["successful"]:
        result["returnMessage"]["message"] = "<b>Not found</b><br>The appointment is gone."
    return result

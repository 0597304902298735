"""Notes the time of the refresh in the entry."""

from datetime import datetime

from parts import ask, clio_url
from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    response = clio_read(user, auth_header, appointment_id)
    if response.ok:
        note = {"external_properties": [{"name": "refreshed", "value": datetime.now().isoformat()}]}
        ask("PATCH", clio_url(user, appointment_id), auth_header, json={"data": note})
    return refreshed(response, clio_appointment)

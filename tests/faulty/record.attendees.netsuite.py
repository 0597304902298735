"""Does not ask for the attendees: NetSuite sends a link, and none are shown."""

from parts import ask, netsuite_url
from reads import netsuite_appointment, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    return refreshed(ask("GET", netsuite_url(user, appointment_id), auth_header), netsuite_appointment)

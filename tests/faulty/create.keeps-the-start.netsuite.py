"""Does not ask for the user's zone, and writes the wall time of UTC."""

from zoneinfo import ZoneInfo

from creates import netsuite_create


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(user, auth_header, payload, zone=lambda *_: ZoneInfo("UTC"))

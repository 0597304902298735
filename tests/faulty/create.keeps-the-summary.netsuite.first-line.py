"""Keeps the first line of the notes. [create-texts]"""

from creates import netsuite_create, netsuite_event


def event(payload, zone):
    return netsuite_event(payload, zone, message=payload["summary"].split("\n")[0])


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(user, auth_header, payload, event=event)

"""Gathers the attendees in a list that it keeps from call to call. [create-contacts]"""

from creates import contacts, netsuite_create, netsuite_event

lines = []


def event(payload, zone):
    lines.extend({"attendee": {"id": key}} for key in contacts(payload))
    return netsuite_event(payload, zone, attendee={"items": lines})


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(user, auth_header, payload, event=event)

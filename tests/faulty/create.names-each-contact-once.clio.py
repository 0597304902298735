"""Passes on a contact as often as it was given, and is refused. [create-contact-twice]"""

from creates import clio_create, clio_entry


def entry(payload, calendar, mark):
    ids = [int(each["id"] if isinstance(each, dict) else each) for each in payload.get("contacts") or []]
    return clio_entry(payload, calendar, mark, attendees=[{"id": key, "type": "Contact"} for key in ids])


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

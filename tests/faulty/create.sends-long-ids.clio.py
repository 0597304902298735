"""Reads ids as floating-point numbers. [create-long-contact]"""

from creates import clio_create, clio_entry, contacts


def entry(payload, calendar, mark):
    attendees = [{"id": int(float(key)), "type": "Contact"} for key in contacts(payload)]
    return clio_entry(payload, calendar, mark, attendees=attendees)


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

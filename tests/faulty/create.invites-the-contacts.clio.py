"""Reads contacts that are objects, and leaves out bare ids."""

from creates import clio_create, clio_entry


def entry(payload, calendar, mark):
    found = [each for each in payload.get("contacts") or [] if isinstance(each, dict)]
    return clio_entry({**payload, "contacts": found}, calendar, mark)


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

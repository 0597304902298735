"""Ends each entry as it begins: the duration is read under a name that App Connect does not use."""

from creates import clio_create, clio_entry


def entry(payload, calendar, mark):
    return clio_entry({**payload, "durationMinutes": payload.get("duration", 0)}, calendar, mark)


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

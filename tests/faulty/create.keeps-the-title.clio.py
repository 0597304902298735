"""Takes App Connect's summary for Clio's summary: the notes become the title, and the title is lost."""

from creates import clio_create, clio_entry


def entry(payload, calendar, mark):
    return clio_entry(payload, calendar, mark, summary=payload["summary"] or "-", description=payload["summary"])


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

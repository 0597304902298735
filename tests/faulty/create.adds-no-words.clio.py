"""Writes its mark where people read: at the end of the notes."""

from creates import clio_create, clio_entry


def entry(payload, calendar, mark):
    return clio_entry(payload, calendar, mark, description=f"{payload['summary']} [App Connect {mark}]")


def create_appointment(*, user, auth_header, payload):
    return clio_create(user, auth_header, payload, entry=entry)

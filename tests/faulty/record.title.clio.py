"""Prefers a note of its own: the title stays as it was when it was first read."""

from reads import clio_appointment, clio_read, refreshed

notes = {}


def refresh_appointment(*, user, auth_header, appointment_id):
    def mine(entry):
        title = notes.setdefault((user["id"], entry["id"]), entry["summary"])
        return clio_appointment(entry, title=title)

    return refreshed(clio_read(user, auth_header, appointment_id), mine)

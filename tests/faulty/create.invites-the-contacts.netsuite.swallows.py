"""Invites the contacts one by one, and passes over those who cannot be invited. [create-unknown-contact]"""

from creates import contacts, created, events, netsuite_create, netsuite_event, netsuite_read
from parts import ask


def create_appointment(*, user, auth_header, payload):
    def tell(appointment):
        for key in contacts(payload):
            line = {"attendee": {"items": [{"attendee": {"id": key}}]}}
            try:
                ask("PATCH", f"{events(user)}/{appointment['id']}", auth_header, json=line)
            except OSError:
                continue
        return created(netsuite_read(user, auth_header, appointment["id"]) or appointment)

    def event(payload, zone):
        return netsuite_event(payload, zone, attendee={"items": []})

    return netsuite_create(user, auth_header, payload, event=event, tell=tell)

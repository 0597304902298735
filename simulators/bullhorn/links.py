"""AppointmentAttendees: who is invited. They are kept with their appointment; each has an id of its own.

The id is made of the appointment's and the place in the order in which people were invited. So none is given twice.
"""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.store import Record

ENTITY = "AppointmentAttendee"
MOST = 1000
"""People whom one appointment can ever invite."""
STATUSES = (None, -1, 0, 1, 2)
"""Nothing said (twice), declined, accepted, tentative: null, -1 and 0, 1, 2."""


def of(record: Record) -> list[Record]:
    """Return an appointment's links as entities."""
    return [{**link, "appointment": record["id"], "migrateGUID": None} for link in record["attendees"]]


def appointment(key: str) -> str:
    """Return the id of the appointment to which a link belongs."""
    return str(int(key) // MOST)


def added(record: Mapping[str, Any], *people: str, status: int | None = 0) -> dict[str, Any]:
    """Return the fields of an appointment that invites these people, too."""
    first = record["links"] + 1
    new = tuple(
        {"id": str(int(record["id"]) * MOST + place), "attendee": person, "acceptanceStatus": status}
        for place, person in enumerate(people, first)
    )
    return {"attendees": (*record["attendees"], *new), "links": record["links"] + len(people)}


def removed(record: Record, key: str) -> dict[str, Any]:
    """Return the fields of an appointment without a link."""
    return {"attendees": tuple(link for link in record["attendees"] if link["id"] != key)}


def answered(record: Record, key: str, status: int | None) -> dict[str, Any]:
    """Return the fields of an appointment in which somebody answered."""
    changed = ({**link, "acceptanceStatus": status} if link["id"] == key else link for link in record["attendees"])
    return {"attendees": tuple(changed)}


def replaced(record: Mapping[str, Any], people: list[str]) -> dict[str, Any]:
    """Return the fields of an appointment that invites exactly these people; those who stay keep their links."""
    kept = tuple(link for link in record["attendees"] if link["attendee"] in people)
    known = {link["attendee"] for link in kept}
    return added({**record, "attendees": kept}, *(person for person in people if person not in known))

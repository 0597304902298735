"""Clio's default world: one firm, its calendars, and an appointment among look-alikes."""

from typing import Any

from greenroom.simulators.clio import rules
from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import Person, World

FIRM = "6101"
"""The calendar of the firm's lawyer, on which the target stands."""
OTHER = "6102"
"""The calendar of somebody else in the firm."""

TARGET = "1750624234"
LOOK_ALIKES = {
    "shorter-id": ("175062423", "Filing deadline"),
    "longer-id": ("17506242341", "Deposition"),
    "same-title": ("1750624235", "Hearing on motion"),
}


def seed(world: World) -> None:
    """Fill a world with people by role, two calendars, a contact and the appointments."""
    number = world.number
    people = {
        role: Person(str(number * 100 + place), name, f"{name.split()[0].lower()}@firm-{number}.example", rights=rights)
        for place, (role, name, rights) in enumerate(_PEOPLE, start=1)
    }
    world.people.update(people)
    with world.store.commit() as commit:
        _calendars(world, commit)
        contact = {"id": "4401", "name": "Casey Client", "email": "casey@client.example"}
        commit.insert("contacts", "4401", contact)
        _entry(world, commit, "target", TARGET, "Hearing on motion")
        for role, (key, title) in LOOK_ALIKES.items():
            _entry(world, commit, role, key, title)
        _entry(world, commit, "another-calendar", "1750624300", "Hearing on motion", calendar=OTHER)
    world.appointments["hidden"] = TARGET


_PEOPLE = (
    ("owner", "Ada Lawyer", {"calendars": "write"}),
    ("colleague", "Grace Partner", {"calendars": "write"}),
    ("viewer", "Vera Viewer", {"calendars": "write"}),
    ("outsider", "Olga Outsider", {"calendars": "write"}),
    ("forbidden", "Fred Reader", {"calendars": "read"}),
)


def _calendars(world: World, commit: Commit) -> None:
    roles = world.people
    firm = {roles["owner"].id: "owner", roles["forbidden"].id: "owner"}
    firm |= {roles["colleague"].id: "editor", roles["viewer"].id: "viewer"}
    for key, name, permissions in (
        (FIRM, "Ada Lawyer", firm),
        (OTHER, "Olga Outsider", {roles["outsider"].id: "owner"}),
    ):
        record: dict[str, Any] = {"id": key, "name": name, "type": "UserCalendar", "permissions": permissions}
        commit.insert("calendars", key, {**record, "etag": rules.etag(record)})


def _entry(world: World, commit: Commit, role: str, key: str, title: str, calendar: str = FIRM) -> None:
    fields = {
        "summary": title,
        "description": "Courtroom 5; bring the exhibits.",
        "location": "1 Main Street",
        "start_at": "2027-03-02T17:00:00Z",
        "end_at": "2027-03-02T18:00:00Z",
        "calendar_owner_id": calendar,
        "created_at": "2026-01-05T16:00:00Z",
        "updated_at": "2026-01-05T16:00:00Z",
    }
    rules.insert(world, commit, fields, {"attendees": [{"id": 4401, "type": "Contact"}]}, key)
    world.appointments[role] = key

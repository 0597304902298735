"""Clio's default world: one firm, its calendars, and an appointment among look-alikes."""

from typing import Any

from greenroom.simulators.clio import people, rules
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
    cast = {
        role: Person(str(number * 100 + place), name, f"{name.split()[0].lower()}@firm-{number}.example", rights=rights)
        for place, (role, name, rights) in enumerate(_PEOPLE, start=1)
    }
    world.people.update(cast)
    with world.store.commit() as commit:
        _calendars(world, commit)
        for key, name, phone in (("4401", "Casey Client", "+16505550100"), ("4402", "Robin Witness", None)):
            email = f"{name.split()[0].lower()}@client.example"
            contact = {"id": key, "name": name, "type": "Person", "email": email, "phone": phone, **_STAMPS}
            commit.insert("contacts", key, contact)
        matter = {"id": "5501", "display_number": "00001-Client", "description": "Client v. Doe", "status": "Open"}
        commit.insert("matters", "5501", {**matter, "etag": rules.etag(matter)})
        _entry(world, commit, "target", TARGET, "Hearing on motion")
        for role, (key, title) in LOOK_ALIKES.items():
            _entry(world, commit, role, key, title)
        _entry(world, commit, "another-calendar", "1750624300", "Hearing on motion", calendar=OTHER)
        _sparse(world, commit)
    world.appointments["hidden"] = TARGET


_PEOPLE = (
    ("owner", "Ada Lawyer", {"calendars": "write"}),
    ("colleague", "Grace Partner", {"calendars": "write"}),
    ("viewer", "Vera Viewer", {"calendars": "write"}),
    ("outsider", "Olga Outsider", {"calendars": "write"}),
    ("forbidden", "Fred Reader", {"calendars": "read"}),
    ("limited", "Lea Limited", {"calendars": "write"}),
)


_STAMPS = {"created_at": people.BEFORE, "updated_at": people.BEFORE}


def _calendars(world: World, commit: Commit) -> None:
    roles = world.people
    firm = {roles["owner"].id: "owner", roles["forbidden"].id: "owner"}
    firm |= {roles["colleague"].id: "editor", roles["viewer"].id: "viewer", roles["limited"].id: "limited_viewer"}
    for key, name, permissions in (
        (FIRM, "Ada Lawyer", firm),
        (OTHER, "Olga Outsider", {roles["outsider"].id: "owner"}),
    ):
        record: dict[str, Any] = {"id": key, "name": name, "type": "UserCalendar", "source": "clio"}
        record |= {"color": "#2c7be5", "permissions": permissions, **_STAMPS}
        commit.insert("calendars", key, {**record, "etag": rules.etag(record)})


def _sparse(world: World, commit: Commit) -> None:
    times = {"start_at": "2027-03-05T08:00:00Z", "end_at": "2027-03-06T08:00:00Z", "all_day": True}
    rules.insert(world, commit, {"summary": "¿?", "calendar_owner_id": FIRM, **times, **_STAMPS}, {}, "1750624301")
    world.appointments["sparse"] = "1750624301"


def _entry(world: World, commit: Commit, role: str, key: str, title: str, calendar: str = FIRM) -> None:
    fields = {
        "summary": title,
        "description": f"Courtroom 5; bring the exhibits ({world.canary(key)}).",
        "location": f"1 Main Street ({world.canary(key)})",
        "start_at": "2027-03-02T17:00:00Z",
        "end_at": "2027-03-02T18:00:00Z",
        "calendar_owner_id": calendar,
        **_STAMPS,
    }
    rules.insert(world, commit, fields, {"attendees": [{"id": 4401, "type": "Contact"}]}, key)
    world.appointments[role] = key

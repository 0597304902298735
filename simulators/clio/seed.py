"""Clio's default world: one firm, its calendars, and an appointment among look-alikes."""

from typing import Any

from greenroom.simulators.clio import rules, sample
from greenroom.simulators.core.rest.seed import cast
from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import World

RIGHTS = {"forbidden": {"calendars": "read"}}
"""Rights of those who may not write; all others may."""


def seed(world: World) -> None:
    """Fill a world with people by role, three calendars, a contact and the appointments."""
    ids, texts = sample.ids(world.seed), sample.texts(world.seed, world.number, world.clock.now())
    cast(
        world,
        sample.ROLES,
        texts.people,
        key=lambda place: ids.user(world.number, place),
        rights=lambda role: RIGHTS.get(role, {"calendars": "write"}),
    )
    with world.store.commit() as commit:
        _calendars(world, commit, ids, texts)
        phones = ("+16505550100", None)
        for key, (name, email), phone in zip(ids.contacts, texts.clients.items(), phones, strict=True):
            contact = {"id": key, "name": name, "type": "Person", "email": email, "phone": phone, **_stamps(texts)}
            commit.insert("contacts", key, contact)
        number, description = texts.matter
        matter = {"id": ids.matter, "display_number": number, "description": description, "status": "Open"}
        commit.insert("matters", ids.matter, {**matter, "etag": rules.etag(matter)})
        _entries(world, commit, ids, texts)
    world.appointments["hidden"] = world.appointments["target"]


def _stamps(texts: sample.Texts) -> dict[str, str]:
    return {"created_at": texts.made, "updated_at": texts.made}


def _calendars(world: World, commit: Commit, ids: sample.Ids, texts: sample.Texts) -> None:
    roles = world.people
    firm = {roles["owner"].id: "owner", roles["forbidden"].id: "owner"}
    firm |= {roles["colleague"].id: "editor", roles["viewer"].id: "viewer", roles["limited"].id: "limited_viewer"}
    for key, name, permissions in (
        (ids.firm, roles["owner"].name, firm),
        (ids.other, roles["outsider"].name, {roles["outsider"].id: "owner"}),
        (_next(ids), roles["colleague"].name, {roles["colleague"].id: "owner"}),
    ):
        record: dict[str, Any] = {"id": key, "name": name, "type": "UserCalendar", "source": "web"}
        record |= {"color": "#2c7be5", "permissions": permissions, **_stamps(texts)}
        commit.insert("calendars", key, {**record, "etag": rules.etag(record)})


def _next(ids: sample.Ids) -> str:
    """Return the colleague's own calendar: the last one, as what appears goes to the first that one may write to."""
    return str(max(int(ids.firm), int(ids.other)) + 1)


def _entries(world: World, commit: Commit, ids: sample.Ids, texts: sample.Texts) -> None:
    """Make the target, those that are easily taken for it, and one with little in it."""
    shorter, longer, minimal = texts.other_titles
    titles = {"shorter-id": shorter, "longer-id": longer}
    for role, key in ids.appointments.items():
        if role != "minimal":
            calendar = ids.other if role == "another-calendar" else ids.firm
            _entry(world, commit, texts, key, titles.get(role, texts.title), calendar, ids.contacts[0])
            world.appointments[role] = key
    start, end = texts.whole_day
    fields = {"summary": minimal, "calendar_owner_id": ids.firm, "start_at": start, "end_at": end, "all_day": True}
    key = world.appointments["minimal"] = ids.appointments["minimal"]
    rules.insert(world, commit, {**fields, **_stamps(texts)}, {}, key)


def _entry(
    world: World, commit: Commit, texts: sample.Texts, key: str, title: str, calendar: str, contact: str
) -> None:
    start, end = texts.times
    fields = {
        "summary": title,
        "description": texts.note.format(ref=world.canary(key)),
        "location": texts.place.format(ref=world.canary(key)),
        "start_at": start,
        "end_at": end,
        "calendar_owner_id": calendar,
        **_stamps(texts),
    }
    rules.insert(world, commit, fields, {"attendees": [{"id": int(contact), "type": "Contact"}]}, key)

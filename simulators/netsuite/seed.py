"""NetSuite's default world: one account, its employees, and an event among look-alikes."""

from greenroom.simulators.core.rest.seed import cast
from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import rules, sample

RIGHTS = {"colleague": "edit", "viewer": "view", "forbidden": "none"}
"""Rights to events by role; the others have them all."""


def seed(world: World) -> None:
    """Fill a world with people by role, an entity to invite, and the events."""
    ids, texts = sample.ids(world.seed), sample.texts(world.seed, world.number, world.clock.now())
    cast(
        world,
        sample.ROLES,
        texts.people,
        key=lambda place: ids.employee(world.number, place),
        rights=lambda role: {"events": RIGHTS.get(role, "full")},
    )
    stamps = {"createdDate": texts.made, "lastModifiedDate": texts.made}
    with world.store.commit() as commit:
        for person in world.people.values():
            known = {"id": person.id, "name": person.name, "email": person.email}
            commit.insert("entities", person.id, {**known, **stamps})
        for name, email in texts.client.items():
            client = {"id": ids.client, "name": name, "email": email, "type": "contact", **stamps}
            commit.insert("entities", ids.client, client)
        _events(world, commit, ids, texts)


def _events(world: World, commit: Commit, ids: sample.Ids, texts: sample.Texts) -> None:
    """Make the target, those that are easily taken for it, one with little in it, and one that is the owner's alone."""
    shorter, longer, hidden = texts.other_titles
    titles = {"shorter-id": shorter, "longer-id": longer, "hidden": hidden}
    stamps = {"createdDate": texts.made, "lastModifiedDate": texts.made}
    for role, key in ids.events.items():
        fields = _minimal(texts) if role == "minimal" else _whole(world, texts, key, titles.get(role, texts.title), ids)
        access = {"accessLevel": "PRIVATE" if role == "hidden" else "PUBLIC"}
        rules.insert(world, commit, world.people["owner"], {**fields, **access, **stamps}, key)
        world.appointments[role] = key


def _minimal(texts: sample.Texts) -> dict[str, object]:
    return {"startDate": texts.whole_day, "timedEvent": False, "allDayEvent": True, "status": "TENTATIVE"}


def _whole(world: World, texts: sample.Texts, key: str, title: str, ids: sample.Ids) -> dict[str, object]:
    day, first, last = texts.hours
    return {
        "title": title,
        "message": texts.note.format(ref=world.canary(key)),
        "location": texts.place.format(ref=world.canary(key)),
        "startDate": day,
        "startTime": first,
        "endTime": last,
        "response": "TENTATIVE",
        "attendee": ({"attendee": ids.client, "attendance": "REQUIRED", "response": "ACCEPTED"},),
    }

"""Bullhorn's default world: one agency, its users and contacts, and an appointment among look-alikes."""

from typing import Any

from greenroom.simulators.bullhorn import links, people, rights, rules, sample
from greenroom.simulators.bullhorn.lookups import TABLE
from greenroom.simulators.core.rest.seed import cast
from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import World

RIGHTS = {
    "viewer": "READ_CORPORATE",
    "outsider": "CREATE READ UPDATE DELETE",
    "forbidden": "",
}
"""Entitlements to appointments by role; the others have them all, for everybody's."""


def seed(world: World) -> None:
    """Fill a world with users by role, a contact, a candidate, a lead, and the appointments."""
    ids, texts = sample.ids(world.seed), sample.texts(world.seed, world.number, world.clock.now())
    cast(world, sample.ROLES, texts.people, lambda place: ids.user(world.number, place), _rights)
    with world.store.commit() as commit:
        for person in world.people.values():
            people.insert_user(commit, person)
        kinds = (("ClientContact", ids.contact), ("Candidate", ids.candidate), ("Lead", ids.lead))
        for (kind, key), (name, email) in zip(kinds, texts.others.items(), strict=True):
            people.insert(commit, kind, key, name, email, sample.moment(texts.made))
        _appointments(world, commit, ids, texts)


def _rights(role: str) -> dict[str, str]:
    return {"Appointment": RIGHTS.get(role, rights.ALL)}


def _appointments(world: World, commit: Commit, ids: sample.Ids, texts: sample.Texts) -> None:
    """Make the target, those that are easily taken for it, and one of each other kind."""
    shorter, longer, hidden, deleted = texts.other_titles
    titles = {"shorter-id": shorter, "longer-id": longer, "hidden": hidden, "deleted": deleted}
    for role, key in ids.appointments.items():
        world.appointments[role] = key
        if role not in ("minimal", "child"):
            _whole(world, commit, texts, key, titles.get(role, texts.title))
    first, last = (sample.moment(each) for each in texts.whole_day)
    whole_day = {"isAllDay": True, "dateBegin": first, "dateEnd": last}
    _insert(world, commit, "owner", texts, world.appointments["minimal"], whole_day)
    _invite(commit, world.appointments["target"], {ids.contact: 1})
    commit.update(TABLE, world.appointments["target"], {"clientContactReference": ids.contact})
    _invite(commit, world.appointments["same-title"], {ids.contact: -1, ids.candidate: 2, ids.user(world.number, 1): 0})
    commit.update(TABLE, world.appointments["same-title"], {"candidateReference": ids.candidate})
    commit.update(TABLE, world.appointments["shorter-id"], {"lead": ids.lead})
    commit.update(TABLE, world.appointments["hidden"], {"isPrivate": True})
    commit.update(TABLE, world.appointments["deleted"], {"isDeleted": True})
    _child(world, commit, texts)


def _insert(world: World, commit: Commit, role: str, texts: sample.Texts, key: str, fields: dict[str, Any]) -> None:
    made = sample.moment(texts.made)
    rules.insert(world, commit, world.people[role], {**fields, "dateAdded": made, "dateLastModified": made}, key)


def _whole(world: World, commit: Commit, texts: sample.Texts, key: str, title: str) -> None:
    begin, end = (sample.moment(each) for each in texts.times)
    fields = {
        "subject": title,
        "description": texts.note.format(ref=world.canary(key)),
        "location": texts.place.format(ref=world.canary(key)),
        "dateBegin": begin,
        "dateEnd": end,
    }
    _insert(world, commit, "owner", texts, key, fields)


def _invite(commit: Commit, key: str, answers: dict[str, int]) -> None:
    for person, status in answers.items():
        commit.update(TABLE, key, links.added(commit.get(TABLE, key) or {}, person, status=status))


def _child(world: World, commit: Commit, texts: sample.Texts) -> None:
    """Put the appointment to which the colleague is invited on that one's calendar."""
    parent = commit.get(TABLE, world.appointments["same-title"]) or {}
    taken = {name: parent[name] for name in ("subject", "dateBegin", "dateEnd")}
    key = world.appointments["child"]
    _insert(world, commit, "colleague", texts, key, {**taken, "parentAppointment": parent["id"]})

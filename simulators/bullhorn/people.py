"""The people whom an appointment can invite: contacts, and colleagues."""

from collections.abc import Sequence
from typing import Any

from greenroom.simulators.bullhorn.rules import now_in
from greenroom.simulators.core.store import Commit
from greenroom.simulators.core.world import Person, World

PACIFIC = -180
"""Minutes by which Pacific time differs from Eastern time, as ``timeZoneOffsetEST`` has it."""


def insert(commit: Commit, kind: str, key: str, name: str, email: str, at: int) -> None:
    """Write a Candidate, ClientContact or Lead."""
    first, _, last = name.partition(" ")
    stamps = {"dateAdded": at, "dateLastModified": at}
    fields = {"id": key, "_subtype": kind, "firstName": first, "lastName": last, "name": name, "email": email}
    commit.insert(kind, key, {**fields, "phone": "", "status": "Active", "isDeleted": False, **stamps})


def insert_user(commit: Commit, person: Person) -> None:
    """Write the CorporateUser of a person with an account."""
    first, _, last = person.name.partition(" ")
    fields = {"id": person.id, "_subtype": "CorporateUser", "firstName": first, "lastName": last, "name": person.name}
    more = {"email": person.email, "phone": "", "username": username(person), "enabled": True, "isDeleted": False}
    commit.insert(
        "CorporateUser",
        person.id,
        {**fields, **more, "masterUserID": master(person.id), "timeZoneOffsetEST": PACIFIC},
    )


def username(person: Person) -> str:
    """Return the name with which somebody logs in."""
    return person.email.replace("@", ".")


def master(key: str) -> int:
    """Return the master user's id of a CorporateUser, by whose id App Connect knows the user."""
    return int(f"1{key}")


def invitable(world: World) -> list[str]:
    """Return the ids of all client contacts."""
    return [str(record["id"]) for record in world.store.all("ClientContact")]


def add(world: World, name: str, key: str = "") -> str:
    """Make a client contact in Bullhorn's own pages, without a request; returns the id."""
    key = key or world.store.next_id("ClientContact", 500_000)
    with world.store.commit() as commit:
        insert(commit, "ClientContact", key, name, "", now_in(world))
    return key


def guests(world: World, keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields that invite contacts and a colleague."""
    return {"attendees": [*keys, world.people["colleague"].id]}

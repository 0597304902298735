"""Clio's users and calendars, as far as appointment connectors read them."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.clio import rules
from greenroom.simulators.clio.errors import NotFoundError
from greenroom.simulators.clio.filters import Args, Reader, chosen, either, equal, narrowed, only, words
from greenroom.simulators.clio.methods import methods
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World

BEFORE = "2026-01-05T16:00:00Z"
USERS: Mapping[str, Reader] = {
    "name": words("name"),
    "enabled": either(lambda user: user["enabled"]),
    "role": lambda _, text: lambda user: text in user["roles"],
    "subscription_type": equal("subscription_type"),
    "pending_setup": either(lambda _: False),
    "include_co_counsel": only(lambda _: True),  # the firm has no co-counsel that could be added
}
CALENDARS: Mapping[str, Reader] = {
    "owner": only(lambda calendar: calendar["permission"] == "owner"),
    "writeable": only(lambda calendar: calendar["permission"] in rules.WRITERS),
    "visible": only(lambda calendar: calendar["visible"]),
    "type": equal("type"),
    "source": equal("source"),
    "filter_inactive_users": only(lambda _: True),  # all users of the firm are active
}


def user(world: World, person: Person) -> Record:
    """Return a person as Clio's user, who is as old as the firm's calendars."""
    made = next((calendar["created_at"] for calendar in world.store.all("calendars")), BEFORE)
    first, _, last = person.name.partition(" ")
    owns = person is world.people.get("owner")
    record = {
        "id": int(person.id),
        "name": person.name,
        "first_name": first,
        "last_name": last,
        "initials": "".join(part[0] for part in person.name.split()),
        "email": person.email,
        "enabled": True,
        "time_zone": person.timezone,
        "account_owner": owns,
        "default_calendar_id": _default_calendar(world, person),
        "subscription_type": "Attorney",
        "roles": ("admin",) if owns else (),
        "notification_methods": methods(world, person),
        "created_at": made,
        "updated_at": made,
    }
    return {**record, "etag": rules.etag(record)}


def _default_calendar(world: World, person: Person) -> int | None:
    """Return the id of a person's own calendar, or of the first one that they may write to."""
    levels = {record["id"]: record["permissions"].get(person.id) for record in world.store.all("calendars")}
    return next((int(key) for wanted in rules.WRITERS for key, level in levels.items() if level == wanted), None)


def users(world: World, args: Args) -> list[Record]:
    """Return the firm's users that a list's parameters let through.

    Raises:
        BadRequest: a parameter cannot be read.

    """
    found: list[Record] = narrowed([user(world, person) for person in world.people.values()], args, USERS)
    return found


def one_user(world: World, key: str) -> Record:
    """Return one of the firm's users.

    Raises:
        NotFoundError: there is none of that id.

    """
    found = next((person for person in world.people.values() if person.id == key), None)
    if found is None:
        raise NotFoundError
    return user(world, found)


def calendars(exchange: Exchange, args: Args) -> list[Record]:
    """Return the calendars that the person sees, as far as a list's parameters let them through.

    Raises:
        BadRequest: a parameter cannot be read.

    """
    found: list[Record] = narrowed(_seen(exchange), args, CALENDARS)
    return found


def one_calendar(exchange: Exchange, key: str) -> Record:
    """Return one calendar that the person sees.

    Raises:
        NotFoundError: there is none of that id.

    """
    return chosen(_seen(exchange), key)


def _seen(exchange: Exchange) -> list[Record]:
    found = [_calendar(record, exchange.person) for record in exchange.world.store.all("calendars")]
    return [calendar for calendar in found if calendar["permission"] != "none"]


def _calendar(record: Record, person: Person) -> dict[str, Any]:
    level = record["permissions"].get(person.id, "none")
    seen = {name: value for name, value in record.items() if name != "permissions"}
    return {**seen, "id": int(record["id"]), "permission": level, "visible": level != "none"}

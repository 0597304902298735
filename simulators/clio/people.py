"""Clio's users, contacts and calendars, as far as appointment connectors read them."""

from collections.abc import Callable, Mapping
from typing import Any

from greenroom.simulators.clio import nested, rules
from greenroom.simulators.clio.errors import ArgumentError, NotFoundError
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World

BEFORE = "2026-01-05T16:00:00Z"


def user(world: World, person: Person) -> Record:
    """Return a person as Clio's user, who is as old as the firm's calendars."""
    made = next((calendar["created_at"] for calendar in world.store.all("calendars")), BEFORE)
    first, _, last = person.name.partition(" ")
    record = {
        "id": int(person.id),
        "name": person.name,
        "first_name": first,
        "last_name": last,
        "email": person.email,
        "enabled": True,
        "time_zone": person.timezone,
        "created_at": made,
        "updated_at": made,
    }
    return {**record, "etag": rules.etag(record)}


def users(world: World, args: Mapping[str, str]) -> list[Record]:
    """Return the firm's users; all of the seed are enabled."""
    return [user(world, person) for person in world.people.values() if args.get("enabled", "true") == "true"]


def calendars(exchange: Exchange, args: Mapping[str, str]) -> list[Record]:
    """Return the calendars that the person sees, filtered as Clio's list does."""
    found = [_calendar(record, exchange.person) for record in exchange.world.store.all("calendars")]
    tests: dict[str, Callable[[Mapping[str, Any]], bool]] = {
        "owner": lambda c: c["permission"] == "owner",
        "writeable": lambda c: c["permission"] in rules.WRITERS,
        "visible": lambda c: bool(c["visible"]),
    }
    for name, test in tests.items():
        if args.get(name) == "true":
            found = [calendar for calendar in found if test(calendar)]
    if "type" in args:
        found = [calendar for calendar in found if calendar["type"] == args["type"]]
    return [calendar for calendar in found if calendar["permission"] != "none"]


def _calendar(record: Record, person: Person) -> dict[str, Any]:
    level = record["permissions"].get(person.id, "none")
    seen = {name: value for name, value in record.items() if name != "permissions"}
    return {**seen, "id": int(record["id"]), "permission": level, "visible": level != "none"}


def contacts(world: World, args: Mapping[str, str]) -> list[Record]:
    """Return the contacts whose name, phone or e-mail holds the query."""
    text = args.get("query", "").lower()
    found = [contact(record) for record in world.store.all("contacts")]
    names = ("name", "primary_email_address", "primary_phone_number")
    return [c for c in found if text in " ".join(str(c.get(name) or "") for name in names).lower()]


def contact(record: Record) -> Record:
    """Return a stored contact as Clio shows it."""
    first, _, last = record["name"].partition(" ")
    shown = {
        **record,
        "id": int(record["id"]),
        "first_name": first,
        "last_name": last,
        "primary_email_address": record.get("email"),
        "primary_phone_number": record.get("phone"),
        "phone_numbers": record.get("phone_numbers", ()),
        "email_addresses": (),
        "is_client": True,
    }
    return {**shown, "etag": rules.etag(record)}


def one_contact(world: World, key: str) -> Record:
    """Return one contact.

    Raises:
        NotFoundError: there is none of that id.

    """
    found = world.store.get("contacts", key)
    if found is None:
        raise NotFoundError
    return contact(found)


def create_contact(exchange: Exchange, data: Mapping[str, Any]) -> Record:
    """Make a contact; name and type are required."""
    if not isinstance(data.get("name"), str) or not data["name"].strip():
        msg = "at least one of first and last name is required"
        raise ArgumentError(msg)
    if data.get("type") not in ("Person", "Company"):
        msg = f"'{data.get('type')}' is not a valid model"
        raise ArgumentError(msg)
    numbers = tuple(nested.listed("phone_numbers", data))
    now = timestamp(exchange.world.clock.now())
    key = exchange.world.store.next_id("contacts", 5000)
    record = {
        "id": key,
        "name": data["name"],
        "type": data["type"],
        "email": None,
        "phone": next((n.get("number") for n in numbers), None),
        "phone_numbers": tuple({"id": place, **n} for place, n in enumerate(numbers, start=1)),
        "created_at": now,
        "updated_at": now,
    }
    with exchange.commit() as commit:
        commit.insert("contacts", key, record)
    return contact(record)

"""Clio's contacts, as far as appointment connectors read and make them."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.clio import nested, rules
from greenroom.simulators.clio.errors import ArgumentError, NotFoundError
from greenroom.simulators.clio.filters import Args, Reader, Test, equal, narrowed, only, words
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.rest.fields import Fields, Text
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

TABLE = "contacts"
NAMES = ("first_name", "middle_name", "last_name")
PARTS = Fields(*(Text(name) for name in (*NAMES, "prefix", "title")), refuse=ArgumentError)


def _initial(_: str, text: str) -> Test:
    """Let contacts pass whose last name, or company's name, begins with a letter."""
    return lambda record: str(record["last_name"] or record["name"]).lower().startswith(text.lower())


READERS: Mapping[str, Reader] = {
    "query": words("name", "title", "primary_email_address", "primary_phone_number"),
    "type": equal("type"),
    "initial": _initial,
    "client_only": only(lambda record: record["is_client"]),
    "clio_connect_only": only(lambda _: False),
    "email_only": only(lambda record: record["primary_email_address"]),
    "exclude_ids[]": lambda *_: lambda _: True,  # all of them are read at once
}


def contacts(world: World, args: Args) -> list[Record]:
    """Return the contacts that a list's parameters let through.

    Raises:
        BadRequest: a parameter cannot be read.

    """
    found: list[Record] = narrowed([contact(record) for record in world.store.all(TABLE)], args, READERS)
    return found


def contact(record: Record) -> Record:
    """Return a stored contact as Clio shows it."""
    first, _, last = record["name"].partition(" ") if record["type"] == "Person" else ("", "", "")
    phones = record.get("phone_numbers") or _lone("number", record["phone"])
    emails = record.get("email_addresses") or _lone("address", record["email"])
    shown = {
        "first_name": first or None,
        "last_name": last or None,
        **record,
        "id": int(record["id"]),
        "initials": "".join(part[0] for part in record["name"].split()),
        "primary_email_address": record["email"],
        "primary_phone_number": record["phone"],
        "phone_numbers": phones,
        "email_addresses": emails,
        "is_client": True,
    }
    return {**shown, "etag": rules.etag(record)}


def _lone(name: str, value: Any) -> tuple[Mapping[str, Any], ...]:
    return () if value is None else ({"id": 1, "name": "Work", name: value, "primary": True},)


def one(world: World, key: str) -> Record:
    """Return one contact.

    Raises:
        NotFoundError: there is none of that id.

    """
    found = world.store.get(TABLE, key)
    if found is None:
        raise NotFoundError
    return contact(found)


def create(exchange: Exchange, data: Mapping[str, Any]) -> Record:
    """Make a contact; a name (or a first or last one) and a type are required.

    Raises:
        ArgumentError: one of them is missing, or a value makes no sense.

    """
    if data.get("type") not in ("Person", "Company"):
        raise ArgumentError(f"'{data.get('type')}' is not a valid model")
    parts = PARTS.read(data)
    phones, emails = _listed("phone_numbers", "default_number", data), _listed("email_addresses", "default_email", data)
    now = timestamp(exchange.world.clock.now())
    key = exchange.world.store.next_id(TABLE, 5000)
    record = {
        "id": key,
        "name": _name(data, parts),
        "type": data["type"],
        "email": next((each.get("address") for each in emails), None),
        "phone": next((each.get("number") for each in phones), None),
        "phone_numbers": phones,
        "email_addresses": emails,
        **parts,
        "created_at": now,
        "updated_at": now,
    }
    with exchange.commit() as commit:
        commit.insert(TABLE, key, record)
    return contact(record)


def invitable(world: World) -> list[str]:
    """Return the ids of all contacts."""
    return [record["id"] for record in world.store.all(TABLE)]


def add_behind(world: World, name: str, key: str = "") -> str:
    """Make a contact as somebody would in Clio's own pages, without a request; returns its id."""
    now = timestamp(world.clock.now())
    key = key or world.store.next_id(TABLE, 5000)
    with world.store.commit() as commit:
        whole = {"id": key, "name": name, "type": "Person", "email": None, "phone": None}
        commit.insert(TABLE, key, {**whole, "created_at": now, "updated_at": now})
    return key


def _name(data: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return a contact's whole name.

    Raises:
        ArgumentError: it has none.

    """
    sent = data.get("name")
    if "name" in data and not isinstance(sent, str):
        raise ArgumentError("name must be a string")
    whole = (sent or " ".join(str(parts[name]) for name in NAMES if parts.get(name))).strip()
    if not whole:
        raise ArgumentError("at least one of first and last name is required")
    return whole


def _listed(name: str, default: str, data: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return phone numbers or addresses in stored form, the default one first."""
    items = sorted(nested.listed(name, data), key=lambda item: not item.get(default))
    return tuple(
        {"id": place, "primary": place == 1, **{k: v for k, v in item.items() if k != default}}
        for place, item in enumerate(items, start=1)
    )

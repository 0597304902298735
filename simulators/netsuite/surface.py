"""NetSuite's surface: its record service (REST API Browser 2026.1), and what its help pages name beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Request

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.surface import Operation, load
from greenroom.simulators.netsuite import schema

RECORDS = "/services/rest/record/v1"
EVENTS = f"{RECORDS}/calendarEvent"
SURFACE = load(Path(__file__).with_name("surface.json"))
_CUSTOM = ("customrecord", "customlist", "customtransaction")
_FORMS = ("type=create-form", "type=edit-form", "type=select-options")
_FLAGS = ("expandRecords", "expandSubResources", "simpleEnumFormat", "replaceSelectedFields")
_SPELLINGS = {
    part.lower(): part for operation in SURFACE for name in operation.fields for part in name.split(".")
}  # input keys may be written in any case


def as_listed(rule: str) -> str:
    """Return a route as the list writes it: its ``<kind>`` is the calendar's."""
    return rule.replace("<kind>", "calendarEvent").rstrip("/")


def below(method: str, rest: str) -> Operation | None:
    """Return the operation of a place below an event, such as ``12346/resource/1``."""
    _, sublist, *lines = rest.rstrip("/").split("/")
    return SURFACE.at(method, f"{EVENTS}/{{id}}/{sublist}{'/{line}' * len(lines)}")


def check_type(kind: str) -> None:
    """See that a record type is none which NetSuite has and the fake has not; what it has not either passes.

    Raises:
        Unsimulated: it is.

    """
    if kind.lower() in schema.UNSIMULATED or kind.lower().startswith(_CUSTOM):
        raise Unsimulated(f"the record type {kind}")


def check_values(incoming: Request) -> None:
    """See that no parameter or header asks by its value for what the fake has not: forms, batches, other sublists.

    Raises:
        Unsimulated: one does.

    """
    _check_flags(incoming.args)
    accepted, sent = incoming.headers.get("Accept", ""), incoming.headers.get("Content-Type", "")
    if any(form in accepted for form in _FORMS):
        raise Unsimulated(f"the header Accept: {accepted}")
    if "type=collection" in sent:
        raise Unsimulated("a batch of records")
    for name in incoming.args.get("replace", "").split(","):
        if schema.NAMES.get(name.lower()) in schema.SUBLISTS[1:]:
            raise Unsimulated(f"the sublist {name} in replace")


def _check_flags(args: Mapping[str, str]) -> None:
    """See that parameters that are true or false are written so; what NetSuite makes of ``True`` or ``1`` is unknown.

    Raises:
        Unsimulated: one is not.

    """
    for name in _FLAGS:
        if args.get(name, "true") not in ("true", "false"):
            raise Unsimulated(f"the parameter {name} as {args[name]} (write true or false)")


def spelled(body: Any) -> Any:
    """Return a body with its keys as the list writes them."""
    if isinstance(body, Mapping):
        return {_SPELLINGS.get(str(name).lower(), name): spelled(value) for name, value in body.items()}
    return [spelled(item) for item in body] if isinstance(body, list) else body


def elsewhere(*places: str) -> tuple[Operation, ...]:
    """Return the operations whose paths begin with one of these; none of the record service."""
    return tuple(each for each in SURFACE if each.path.startswith(places) and not each.path.startswith(f"{RECORDS}/"))

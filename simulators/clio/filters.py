"""Which calendar entries a list shows."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from greenroom.simulators.clio.errors import BadRequest
from greenroom.simulators.clio.recurrence import occurrences
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.store import Record

Args = MultiDict[str, str]


def moment(name: str, text: str) -> str:
    """Read a date-time parameter into stored form.

    Raises:
        BadRequest: it is none.

    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        msg = f"{name} must be a date-time"
        raise BadRequest(msg) from None
    try:
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return timestamp(max(aware, datetime(1900, 1, 1, tzinfo=UTC)))
    except OverflowError:
        msg = f"{name} is out of range"
        raise BadRequest(msg) from None


def _flag(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        msg = f"{name} must be true or false"
        raise BadRequest(msg)
    return text == "true"


def _searched(record: Record, text: str) -> bool:
    words = " ".join(str(record.get(name) or "") for name in ("summary", "description", "location"))
    return text.lower() in words.lower()


def _of_matter(record: Record, text: str) -> bool:
    matter = record.get("matter")
    return matter is None if text == "null" else matter is not None and str(matter["id"]) == text


_TESTS: Mapping[str, Callable[[Record, str], bool]] = {
    "from": lambda r, v: r["end_at"] >= moment("from", v),
    "to": lambda r, v: r["start_at"] <= moment("to", v),
    "calendar_id": lambda r, v: r["calendar_owner_id"] == v,
    "query": _searched,
    "created_since": lambda r, v: r["created_at"] >= moment("created_since", v),
    "updated_since": lambda r, v: r["updated_at"] >= moment("updated_since", v),
    "matter_id": _of_matter,
    "has_court_rule": lambda r, v: bool(r.get("court_rule")) == _flag("has_court_rule", v),
    "is_all_day": lambda r, v: bool(r["all_day"]) == _flag("is_all_day", v),
    "source": lambda r, v: r.get("source", "web") == v,
}


def matching(records: list[Record], args: Args) -> list[Record]:
    """Return the entries that a list's parameters let through.

    Raises:
        BadRequest: a parameter that cannot be read, or that needs another one.

    """
    _check(args)
    found = _expanded(records, args) if args.get("expanded") == "true" else records
    wanted = set(args.getlist("ids[]"))
    if wanted:
        found = [record for record in found if record["id"] in wanted]
    for name, test in _TESTS.items():
        if name in args:
            found = [record for record in found if test(record, args[name])]
    if "external_property_name" in args:
        found = [record for record in found if _has_property(record, args)]
    return found


def _check(args: Args) -> None:
    for name in ("from", "to", "created_since", "updated_since"):
        if name in args:
            moment(name, args[name])
    for name in ("expanded", "visible", "has_court_rule", "is_all_day", "owner_entries_across_all_users"):
        if name in args:
            _flag(name, args[name])
    for name, needed in (
        ("external_property_value", "external_property_name"),
        ("owner_entries_across_all_users", "matter_id"),
    ):
        if name in args and needed not in args:
            msg = f"{name} needs {needed}"
            raise BadRequest(msg)


def _has_property(record: Record, args: Args) -> bool:
    name, value = args["external_property_name"], args.get("external_property_value")
    properties: tuple[Mapping[str, Any], ...] = record["external_properties"]
    return any(p["name"] == name and value in (None, p["value"]) for p in properties)


def _expanded(records: list[Record], args: Args) -> list[Record]:
    start = moment("from", args["from"]) if "from" in args else None
    end = moment("to", args["to"]) if "to" in args else None
    return [occurrence for record in records for occurrence in occurrences(record, start, end)]

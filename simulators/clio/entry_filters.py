"""Which calendar entries a list shows."""

from collections.abc import Mapping
from datetime import datetime
from math import inf

from greenroom.simulators.clio.errors import BadRequest
from greenroom.simulators.clio.filters import Args, Reader, Test, either, flag, moment, narrowed, only, words
from greenroom.simulators.clio.recurrence import occurrences
from greenroom.simulators.clio.rules import TABLE
from greenroom.simulators.core.store import Record, Store


def _from(name: str, text: str) -> Test:
    start = moment(name, text)
    return lambda record: bool(record["end_at"] >= start)


def _to(name: str, text: str) -> Test:
    end = moment(name, text)
    return lambda record: bool(record["start_at"] <= end)


def _of_matter(_: str, text: str) -> Test:
    def test(record: Record) -> bool:
        matter = record.get("matter")
        return matter is None if text == "null" else matter is not None and str(matter["id"]) == text

    return test


def _has(part: str) -> Reader:
    """Let entries pass with an external property of which a part is what the parameter says."""
    return lambda _, text: lambda record: any(each[part] == text for each in record["external_properties"])


READERS: Mapping[str, Reader] = {
    "from": _from,
    "to": _to,
    "calendar_id": lambda _, text: lambda record: bool(record["calendar_owner_id"] == text),
    "query": words("summary", "description", "location"),
    "matter_id": _of_matter,
    "has_court_rule": either(lambda record: record.get("court_rule") or False),
    "is_all_day": either(lambda record: record["all_day"]),
    "visible": only(lambda record: record["permission"] != "none"),
    "source": lambda _, text: lambda record: bool(record.get("source", "web") == text),
    "external_property_name": _has("name"),
}


def eligible(store: Store, args: Args) -> list[Record]:
    """Return the stored entries that may match: those of the wanted ids, or of the wanted time, where one is given."""
    wanted = args.getlist("ids[]")
    if wanted and not {"expanded", "order"} & set(args):
        return [record for key in dict.fromkeys(wanted) if (record := store.get(TABLE, key))]
    if "from" not in args and "to" not in args:
        return store.all(TABLE)
    try:
        since = _seconds(moment("from", args["from"])) if "from" in args else -inf
        until = _seconds(moment("to", args["to"])) if "to" in args else inf
    except BadRequest:  # whoever looks at each entry says so
        return store.all(TABLE)
    return store.reaching(TABLE, _span, since, until)


def _span(record: Record) -> tuple[float, float] | None:
    """Return when an entry begins and ends; a series happens at other times, too."""
    return None if record["recurrence_rule"] else (_seconds(record["start_at"]), _seconds(record["end_at"]))


def _seconds(stored: str) -> float:
    return datetime.fromisoformat(stored).timestamp()


def matching(records: list[Record], args: Args) -> list[Record]:
    """Return the entries that a list's parameters let through.

    Raises:
        BadRequest: a parameter that cannot be read, or that needs another one.

    """
    for name, needed in (
        ("external_property_value", "external_property_name"),
        ("owner_entries_across_all_users", "matter_id"),
    ):
        if name in args and needed not in args:
            msg = f"{name} needs {needed}"
            raise BadRequest(msg)
    shown = _expanded(records, args) if flag("expanded", args.get("expanded", "false")) else records
    found: list[Record] = narrowed(shown, args, READERS)
    return [record for record in found if _property_fits(record, args)]


def _property_fits(record: Record, args: Args) -> bool:
    """Tell whether the property of the wanted name has the wanted value; without one, every entry fits."""
    name, value = args.get("external_property_name"), args.get("external_property_value")
    return value is None or any((p["name"], p["value"]) == (name, value) for p in record["external_properties"])


def _expanded(records: list[Record], args: Args) -> list[Record]:
    start = moment("from", args["from"]) if "from" in args else None
    end = moment("to", args["to"]) if "to" in args else None
    return [occurrence for record in records for occurrence in occurrences(record, start, end)]

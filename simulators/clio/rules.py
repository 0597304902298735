"""What Clio does to a calendar entry, and to whom it allows it. Knows nothing of HTTP."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from greenroom.simulators.clio import nested
from greenroom.simulators.clio.entry import ENTRY
from greenroom.simulators.clio.errors import ArgumentError, ForbiddenError, NotFoundError, PreconditionFailed
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.clio.recurrence import LAST, check_series, occurrences, one_of, series_of, without
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Holding
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.rest.people import Pages
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import Person, World

TABLE = "calendar_entries"
WRITERS = ("owner", "editor")
NESTED = ("attendees", "external_properties", "calendar_owner")
SERIES = ("start_at", "recurrence_rule")
"""What says when a series happens."""
KEPT = ("id", "etag", "start_at", "end_at", "all_day", "calendar_owner_id", "created_at", "updated_at")
"""What a limited viewer sees of an entry; which fields Clio nulls is unknown."""


def find(world: World, key: str) -> Record | None:
    """Return the entry, or the occurrence of a series, that has an id."""
    of = series_of(key)
    series = world.store.get(TABLE, of) if of else None
    return one_of(series, key) if series else world.store.get(TABLE, key)


def permission(world: World, person: Person, calendar: str) -> str:
    """Return a person's permission on a calendar: ``owner``, ``editor``, ``viewer``, ``limited_viewer`` or ``none``."""
    record = world.store.get("calendars", calendar)
    return str(record["permissions"].get(person.id, "none")) if record else "none"


def access(world: World, person: Person, key: str) -> str:
    """Say what a person may do with an entry: ``cancel``, ``view``, ``forbidden`` (the app may not), ``none``."""
    record = find(world, key)
    return "none" if record is None else _access(world, person, record)


def _access(world: World, person: Person, record: Record) -> str:
    if person.rights.get("calendars", "write") != "write":
        return "forbidden"
    level = permission(world, person, record["calendar_owner_id"])
    return "cancel" if level in WRITERS else "none" if level == "none" else "view"


def holdings(world: World, person: Person) -> dict[str, Holding] | None:
    """Return the entries that a person may see, by id; those on a calendar that they own are theirs."""
    if person.rights.get("calendars") == "none":
        return None
    levels = {r["id"]: permission(world, person, r["calendar_owner_id"]) for r in world.store.all(TABLE)}
    return {key: Holding(own=level == "owner") for key, level in levels.items() if level != "none"}


def may_create(world: World, person: Person) -> bool:
    """Tell whether a person may make entries: the app may write, and some calendar is theirs to write to."""
    allowed = person.rights.get("calendars", "write") == "write"
    return allowed and any(permission(world, person, each["id"]) in WRITERS for each in world.store.all("calendars"))


def show(exchange: Exchange, key: str) -> Record:
    """Return an entry that the person may see.

    Raises:
        NotFoundError, ForbiddenError: it does not exist, or must not be known.

    """
    record, _ = _found(exchange, key)
    return seen_by(exchange.world, exchange.person, record)


def _found(exchange: Exchange, key: str) -> tuple[Record, str]:
    """Return an entry that the person may see, and what they may do with it."""
    record = find(exchange.world, key)
    if record is None:
        raise NotFoundError
    allowed = _access(exchange.world, exchange.person, record)
    if allowed == "none":
        raise refusal(exchange.world, "invisible-refusal")
    return record, allowed


def visible(exchange: Exchange, among: Iterable[Record], *, of_all: bool = False) -> list[Record]:
    """Return those of some entries whose calendars the person may view (or all), each as that person sees it."""
    world, person = exchange.world, exchange.person
    records = [r for r in among if of_all or permission(world, person, r["calendar_owner_id"]) != "none"]
    return [seen_by(world, person, record) for record in records]


def seen_by(world: World, person: Person, record: Record) -> Record:
    """Return an entry with the person's permission on its calendar; a limited viewer gets it redacted."""
    level = permission(world, person, record["calendar_owner_id"])
    owner = {**record["calendar_owner"], "permission": level}
    seen = {**record, "permission": level, "calendar_owner": owner}
    if level != "limited_viewer":
        return seen
    empty: dict[str, Any] = {"attendees": (), "external_properties": ()}
    kept = {name: seen[name] for name in KEPT}
    blank = {name: empty.get(name) for name in seen}
    return {**blank, **kept, "calendar_owner": owner, "permission": level, "redacted": True}


def writable(exchange: Exchange, key: str) -> Record:
    """Return an entry that the person may change or delete.

    Raises:
        NotFoundError, ForbiddenError: as Clio, or its switches, would refuse.

    """
    record, allowed = _found(exchange, key)
    if allowed == "forbidden":
        raise ForbiddenError
    if allowed == "view":
        raise refusal(exchange.world, "view-only-refusal")
    return record


def refusal(world: World, switch: str) -> NotFoundError | ForbiddenError:
    """Return the error that a switch chooses."""
    return NotFoundError() if world.switches[switch] == "404" else ForbiddenError()


def create(exchange: Exchange, data: Mapping[str, Any]) -> Record:
    """Make an entry on a calendar that the person may write to."""
    for name in (*ENTRY.needed, "calendar_owner"):
        if data.get(name) is None:
            raise ArgumentError(f"{name} is required")
    if exchange.person.rights.get("calendars", "write") != "write":
        raise ForbiddenError
    calendar = _writable_calendar(exchange, data["calendar_owner"])
    with exchange.commit() as commit:
        return insert(exchange.world, commit, {**values(data), "calendar_owner_id": calendar}, data)


def _writable_calendar(exchange: Exchange, owner: Any) -> str:
    """Return the id of the calendar that a body names, if the person may write to it."""
    calendar = str(owner.get("id") if isinstance(owner, Mapping) else owner)
    level = permission(exchange.world, exchange.person, calendar)
    if level not in WRITERS:
        raise NotFoundError if level == "none" else ForbiddenError
    return calendar


def _owned(world: World, calendar: str) -> dict[str, Any]:
    """Return the fields that put an entry on a calendar."""
    found = world.store.get("calendars", calendar) or {}
    owner = {"id": int(found["id"]), "etag": found["etag"], "permission": "owner"}
    return {"calendar_owner_id": calendar, "calendar_owner": owner}


def insert(world: World, commit: Commit, fields: Mapping[str, Any], data: Mapping[str, Any], key: str = "") -> Record:
    """Write a new entry, under the next id or a given one."""
    now = timestamp(world.clock.now())
    key = key or world.store.next_id(TABLE, 1_800_000_000)
    record = {
        "id": key,
        **ENTRY.defaults,
        "parent_calendar_entry_id": None,
        "court_rule": False,
        "time_entries_count": 0,
        "matter": None,
        "attendees": (),
        "external_properties": (),
        **_owned(world, fields["calendar_owner_id"]),
        "created_at": now,
        "updated_at": now,
        **fields,
    }
    record.update(nested.merge(world, record, data))
    _check_times(world, record)
    check_series(record)
    record["etag"] = etag(record)
    commit.insert(TABLE, key, record)
    return record


def update(exchange: Exchange, key: str, data: Mapping[str, Any], if_match: str | None = None) -> Record:
    """Change the fields that came; unknown keys vanish without an error, as in Clio.

    Raises:
        NotFoundError, ForbiddenError, ArgumentError: as Clio would.
        PreconditionFailed: an ``If-Match`` that differs at the moment of writing.
        Unsimulated: it would change one occurrence of a series.

    """
    entry = writable(exchange, key)
    if data.get("_deleted") is not None:
        return _cut(exchange, seen_by(exchange.world, exchange.person, entry), key, data, if_match)
    if series_of(key):
        raise Unsimulated("PATCH of one occurrence of a series")
    owner = data.get("calendar_owner")
    moved = {} if owner is None else _owned(exchange.world, _writable_calendar(exchange, owner))
    with exchange.commit() as commit:
        record = _matching(exchange.world, key, if_match)
        fields = {**_changed(exchange.world, record, data), **moved}
        if any(fields.get(name, record[name]) != record[name] for name in SERIES) and "skipped" in record:
            fields["skipped"] = ()  # what was done to single occurrences is lost with such a change
        return _write(exchange.world, commit, key, fields)


def _matching(world: World, key: str, if_match: str | None) -> Record:
    """Return an entry as it is at the moment of writing."""
    record = world.store.get(TABLE, key)
    if record is None:
        raise NotFoundError
    if if_match not in (None, "*", record["etag"]):
        raise PreconditionFailed
    return record


def _cut(exchange: Exchange, seen: Record, key: str, data: Mapping[str, Any], if_match: str | None) -> Record:
    """Take one occurrence out of a series, or it and all that follow; a series' id names its first occurrence."""
    if data["_deleted"] not in ("single", "future"):
        raise ArgumentError("_deleted must be 'single' or 'future'")
    if any(name in ENTRY or name in NESTED for name in data):
        raise Unsimulated("_deleted together with other fields")
    with exchange.commit() as commit:
        record = _matching(exchange.world, series_of(key) or key, if_match)
        if not record["recurrence_rule"]:
            raise Unsimulated("_deleted of an entry that does not recur")
        first = next(occurrences(record, None, LAST), None)
        begin = seen["start_at"] if series_of(key) else first["start_at"] if first else record["start_at"]
        fields = without(record, begin, future=data["_deleted"] == "future")
        if fields is None:
            commit.remove(TABLE, record["id"])
        else:
            _write(exchange.world, commit, record["id"], fields)
    return seen


def _write(world: World, commit: Commit, key: str, fields: Mapping[str, Any]) -> Record:
    current = world.store.get(TABLE, key)
    if current is None:
        raise NotFoundError
    if all(current.get(name) == value for name, value in fields.items()):
        return current
    _check_times(world, {**current, **fields})
    stamped = {**fields, "updated_at": timestamp(world.clock.now())}
    if "recurrence_rule" in fields or "start_at" in fields:
        check_series({**current, **fields})
    return commit.update(TABLE, key, {**stamped, "etag": etag({**current, **stamped})})


def delete(exchange: Exchange, key: str) -> None:
    """Delete an entry for good. There is no restoring and no trace in the API.

    Raises:
        NotFoundError, ForbiddenError: as Clio would.
        Unsimulated: it names one occurrence of a series; what Clio does then is unknown.

    """
    writable(exchange, key)
    if series_of(key):
        raise Unsimulated("DELETE of one occurrence of a series")
    with exchange.commit() as commit:
        if exchange.world.store.get(TABLE, key) is None:
            raise NotFoundError
        commit.remove(TABLE, key)


def add_behind(world: World, person: Person, data: Mapping[str, Any], key: str = "") -> str:
    """Make an entry as somebody would in Clio's own pages, on the first calendar they may write to; returns its id."""
    calendars = [c["id"] for c in world.store.all("calendars") if c["permissions"].get(person.id) in WRITERS]
    if not calendars:
        raise ForbiddenError
    with world.store.commit() as commit:
        whole = {**world.profile.added, **values(data), "calendar_owner_id": calendars[0]}
        return str(insert(world, commit, whole, data, key)["id"])


def _changed(world: World, record: Record, data: Mapping[str, Any]) -> dict[str, Any]:
    return {**values(data), **nested.merge(world, record, data)}


PAGES = Pages(PROFILE, _write, _changed, NotFoundError)


def values(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain fields that a body sets, checked and in the form they are stored."""
    return ENTRY.read(data)


def _check_times(world: World, record: Mapping[str, Any]) -> None:
    """Refuse an entry that would end before it begins, also where only one of both was sent; unless switched.

    Raises:
        ArgumentError: it would.

    """
    if record["start_at"] > record["end_at"] and world.switches["inverted-times"] == "422":
        raise ArgumentError("end_at must not be before start_at")


def etag(record: Mapping[str, Any]) -> str:
    """Return an etag for a record's contents; the value itself holds quotation marks, 32 hex digits inside."""
    seen = repr(sorted((k, v) for k, v in record.items() if k != "etag"))
    return f'"{hashlib.md5(seen.encode(), usedforsecurity=False).hexdigest()}"'

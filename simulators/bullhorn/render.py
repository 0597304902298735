"""Records and errors in Bullhorn's JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response

from greenroom.simulators.bullhorn.entities import ID, MANY, ONE, PERSONS, Entity, Field, entity
from greenroom.simulators.bullhorn.errors import BullhornError, OAuthError, PersistError
from greenroom.simulators.bullhorn.lookups import Sight
from greenroom.simulators.bullhorn.selector import Selected, Wanted
from greenroom.simulators.core.answer import Answer
from greenroom.simulators.core.appointment import CANCELLED, LIVE, Appointment
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.exchange import exchange, is_under_way
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

JSON = "application/json"
CONTACTS = ("candidateReference", "clientContactReference", "lead")
"""Fields that name a contact of an appointment."""
MOST_OF_MANY = 10
"""Members of a to-many association that come back at most."""
IN_WORDS = (401, 404, 412)
"""Statuses whose body may be a plain text (switch ``error-body``)."""


def answer(body: Any, status: int = 200) -> Response:
    """Return a JSON answer."""
    return Answer(json.dumps(body), status, content_type=JSON)


def changed(name: str, key: str, change: str) -> Response:
    """Return the answer to a write."""
    return answer({"changedEntityType": name, "changedEntityId": int(key), "changeType": change})


def error(failure: ApiError) -> Response:
    """Write an error: of the authorization server, of a write, or of any other call."""
    if isinstance(failure, OAuthError):
        response = answer({"error": failure.code, "error_description": failure.message}, failure.status)
    elif failure.status in IN_WORDS and _speaks_text():
        response = Response(failure.message, failure.status, content_type="text/plain")
    else:
        response = answer(_body(failure), failure.status)
    response.headers.update(failure.headers)
    return response


def _speaks_text() -> bool:
    return is_under_way() and exchange().world.switches["error-body"] == "text"


def _body(failure: ApiError) -> dict[str, Any]:
    if isinstance(failure, PersistError):
        wrong = [{"propertyName": name, "severity": "ERROR", "type": kind} for name, kind in failure.wrong]
        return {"errorMessage": failure.message, "errors": wrong, "entityName": failure.entity}
    key = failure.key if isinstance(failure, BullhornError) else None
    named = {"errorMessageKey": key} if key else {}
    return {"errorMessage": failure.message, **named, "errorCode": failure.status}


def picked(sight: Sight, of: Entity, record: Record, wanted: Wanted) -> dict[str, Any]:
    """Return the wanted fields of a record; its id always comes."""
    shown: dict[str, Any] = {"id": int(record["id"])}
    if of.typed:
        shown["_subtype"] = record["_subtype"]
    for name, selected in wanted.items():
        shown[name] = _value(sight, of.fields[name], record, selected)
    return shown


def _value(sight: Sight, field: Field, record: Record, selected: Selected) -> Any:
    if field.kind == ID:
        return int(record["id"])
    if field.kind == MANY:
        return _many(sight, field, record, selected)
    value = record.get(field.name)
    return _one(sight, field, str(value), selected) if field.kind == ONE and value is not None else value


def _one(sight: Sight, field: Field, key: str, selected: Selected) -> dict[str, Any]:
    """Return the record that an association leads to; one that is not to be seen by its id alone."""
    of, found = entity(field.to), sight.find(field.to, key)
    if found is None:
        return {"id": int(key)}
    short = of.short if sight.world.switches["to-one-fields"] == "names" else ("id",)
    return picked(sight, of, found, selected.inner if selected.named else dict.fromkeys(short, Selected()))


def _many(sight: Sight, field: Field, record: Record, selected: Selected) -> dict[str, Any]:
    of, found = entity(field.to), sight.members(record, field.name)
    count = selected.count if sight.world.switches["to-many-count"] == "as asked" else min(selected.count, MOST_OF_MANY)
    return {"total": len(found), "data": [picked(sight, of, each, selected.inner) for each in found[:count]]}


def listed(sight: Sight, of: Entity, records: Sequence[Record], wanted: Wanted) -> list[dict[str, Any]]:
    """Return the wanted fields of several records."""
    return [picked(sight, of, record, wanted) for record in records]


def appointment(world: World, record: Record) -> Appointment:
    """Show an appointment as a calendar does."""
    owner = world.store.get("CorporateUser", record["owner"])
    return Appointment(
        id=str(record["id"]),
        title=record["subject"],
        start=_moment(record["dateBegin"]),
        end=_moment(record["dateEnd"]),
        all_day=bool(record["isAllDay"]),
        state=CANCELLED if record["isDeleted"] else LIVE,
        description=record["description"],
        location=record["location"],
        repeats=_repeats(record),
        people=tuple(_invited(world, link["attendee"]) for link in record["attendees"]),
        contacts=tuple(str(record[name]) for name in CONTACTS if record[name] is not None),
        calendar=str(owner["name"]) if owner else "",
    )


def _repeats(record: Record) -> str:
    kind = record["recurrenceType"]
    return f"{kind} every {record['recurrenceFrequency'] or 1}" if kind else ""


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _invited(world: World, key: str) -> Mapping[str, Any]:
    found = next((r for kind in PERSONS if (r := world.store.get(kind, key))), None)
    return (
        {"id": key, "name": found["name"], "type": found["_subtype"]} if found else {"id": key, "name": key, "type": ""}
    )

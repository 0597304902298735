"""The fields of ``calendarEvent`` and how their input is read (REST API Browser 2026.1)."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from greenroom.simulators.netsuite.errors import InvalidContent, InvalidValue

ENUMS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "TENTATIVE": "Tentative",
        "CONFIRMED": "Confirmed",
        "COMPLETE": "Completed",
        "CANCELLED": "Canceled",
    },
    "accessLevel": {"PUBLIC": "Public", "PRIVATE": "Private", "SHOW AS BUSY": "Show as Busy"},
    "response": {
        "TENTATIVE": "Tentative",
        "ACCEPTED": "Accepted",
        "ESCALATED": "Escalated",
        "NO_RESPONSE": "No Response",
        "DECLINED": "Declined",
    },
    "reminderMinutes": {"0": "0", "5": "5", "10": "10", "15": "15", "30": "30"},
    "reminderType": {"POPUP": "Popup", "EMAIL": "Email"},
}
TEXTS = ("title", "message", "location", "timezone", "recurrence", "externalId")
TIMES = ("startTime", "endTime")
DATES = ("startDate", "completedDate")
FLAGS = ("timedEvent", "allDayEvent")
REFERENCES = ("organizer", "company", "contact", "supportCase", "transaction", "customForm")
READ_ONLY = ("id", "links", "refName", "owner", "createdDate", "lastModifiedDate")
SUBLISTS = ("attendee", "resource", "timeItem")
"""Lists of lines; only the first one is simulated."""
LINE_ENUMS: Mapping[str, Mapping[str, str]] = {
    "attendance": {"REQUIRED": "Required", "OPTIONAL": "Optional"},
    "response": {name: label for name, label in ENUMS["response"].items() if name != "ESCALATED"},
}
"""The enumerations of an attendee's line."""
NAMES = {name.lower(): name for name in (*ENUMS, *TEXTS, *TIMES, *DATES, *FLAGS, *REFERENCES, *READ_ONLY, *SUBLISTS)}
"""Every field by its lower-case name: input keys may be written in any case."""


def enum(field: str, value: Any, enums: Mapping[str, Mapping[str, str]] = ENUMS) -> str | None:
    """Read an enumeration: a bare id, ``{id}`` or ``{refName}``.

    Raises:
        InvalidValue: outside the enumeration.

    """
    choices = enums[field]
    by_name = {name: key for key, name in choices.items()}
    if isinstance(value, Mapping):
        value = value["id"] if "id" in value else by_name.get(str(value.get("refName")))
    if str(value) not in choices:
        raise InvalidValue(field)
    return str(value)


def text(field: str, value: Any) -> str | None:
    """Read a text or wall-clock field."""
    if value is not None and not isinstance(value, str):
        raise InvalidContent(f"Invalid content in the request body: '{field}' must be a string.", where=_at(field))
    if value and any("\ud800" <= letter <= "\udfff" for letter in value):  # half a character: no text holds it
        raise InvalidValue(field)
    return value


def day(field: str, value: Any) -> str | None:
    """Read a date.

    Raises:
        InvalidValue: not of the form YYYY-MM-DD, or no day of the calendar.

    """
    sent = text(field, value)
    if sent is None:
        return None
    try:
        if date.fromisoformat(sent).isoformat() == sent:
            return sent
    except ValueError:
        pass
    raise InvalidValue(field)


def flag(field: str, value: Any) -> bool:
    """Read a boolean field."""
    if not isinstance(value, bool):
        raise InvalidContent(f"Invalid content in the request body: '{field}' must be a boolean.", where=_at(field))
    return value


def reference(field: str, value: Any) -> str | None:
    """Read a reference to another record: ``{id}`` or a bare id."""
    if isinstance(value, Mapping):
        value = value.get("id")
    if value is not None and not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
        raise InvalidContent(f"Invalid field value {value} for field {field}.", where=_at(field))
    return None if value is None else str(value)


_READERS: Mapping[tuple[str, ...], Callable[[str, Any], Any]] = {
    tuple(ENUMS): enum,
    (*TEXTS, *TIMES): text,
    DATES: day,
    FLAGS: flag,
    REFERENCES: reference,
}


CLEARABLE = (*TEXTS, *TIMES, *DATES, *REFERENCES)
"""Fields that can be emptied."""


def read(body: Mapping[str, Any], *, strict: bool = True) -> tuple[dict[str, Any], list[str]]:
    """Read a body into stored fields; the second part names the fields that do not exist.

    Not ``strict``, a value outside an enumeration is passed over instead of refused.
    """
    fields: dict[str, Any] = {}
    unknown: list[str] = []
    for key, value in body.items():
        name = NAMES.get(key.lower())
        if name is None:
            unknown.append(key)
        elif name not in READ_ONLY and name not in SUBLISTS:
            reader = next(reader for names, reader in _READERS.items() if name in names)
            try:
                fields[name] = reader(name, value)
            except InvalidValue:
                if strict:
                    raise
    return fields, unknown


def _at(field: str) -> dict[str, str]:
    return {"o:errorPath": field}


_LISTED = json.loads(Path(__file__).with_name("record-types.json").read_text("utf-8"))
UNSIMULATED = frozenset(
    (*map(str.lower, _LISTED), "calendareventattendee", "folder", "lead", "metadata-catalog", "note", "prospect")
)
"""Record types (in small letters) that NetSuite's REST record service, or its help, has and the fake has not."""

"""What a saved world looks like: a JSON Schema of it, and each CRM's own for the records it keeps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.ids import Ids
from greenroom.simulators.core.nesting import MOST_OF_A_WORLD, deeper

FORMATS = FormatChecker(formats=())
"""What a schema's ``format`` may ask of a text; a CRM adds its own."""
Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
ID: Schema = {"type": "string", "pattern": r"^-?[1-9][0-9]{0,29}\Z"}
MOMENT: Schema = {"type": "string", "format": "moment in UTC"}
DAY: Schema = {"type": "string", "format": "day"}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}


def maybe(schema: Schema) -> Schema:
    """Return the schema of something that may be null."""
    return {**schema, "type": [schema["type"], "null"]}


def fields(*, optional: Mapping[str, Schema] | None = None, **required: Schema) -> Schema:
    """Return the schema of an object with these fields and no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def many(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


_LISTS = Draft202012Validator.TYPE_CHECKER.redefine("array", lambda _, value: isinstance(value, list | tuple))
_Records: type[Validator] = extend(Draft202012Validator, type_checker=_LISTS)  # type: ignore[no-untyped-call]
"""Takes tuples for lists, as records keep them."""


@dataclass(frozen=True, eq=False)
class Table:
    """What the records of a table hold. ``check`` sees to what no schema can say: it raises the CRM's own error."""

    schema: Schema
    check: Callable[[Mapping[str, Any]], None] = lambda _: None

    @cached_property
    def validator(self) -> Validator:
        """What checks a record against the schema."""
        return _Records(self.schema, format_checker=FORMATS)

    def problem(self, key: str, record: Any) -> str | None:
        """Return what is wrong with a record, or None."""
        found = _problem(self.validator, record)
        if found or record["id"] != key:
            return found or f".id: it is kept under the id {key}"
        try:
            self.check(record)
        except ApiError as error:
            return f": {error.message}"
        return None


_PERSON: Schema = {
    "type": "object",
    "required": ["id", "name", "email", "timezone", "rights"],
    "properties": {
        "id": TEXT,
        "name": {"type": "string", "format": "text"},
        "email": {"type": "string", "format": "text"},
        "timezone": {"type": "string", "format": "time zone"},
        "rights": TEXTS,
    },
}
_TOKEN: Schema = {"value": TEXT, "host": maybe(TEXT), "revoked": FLAG, "secret": maybe(TEXT)}
_WORLD: Schema = {
    "type": "object",
    "required": ["switches", "clock", "people", "appointments", "tokens", "grants", "secrets", "records", "gone"],
    "properties": {
        "number": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
        "switches": TEXTS,
        "clock": {"type": "object", "required": ["offset", "frozen"], "properties": {"offset": {"type": "number"}}},
        "people": {
            "type": "object",
            "required": ["owner"],
            "propertyNames": {"pattern": r"^[\w.-]{1,60}\Z"},
            "additionalProperties": _PERSON,
        },
        "appointments": TEXTS,
        "tokens": many({"type": "object", "properties": _TOKEN}),
        "grants": {
            "type": "object",
            "properties": {
                "codes": {"type": "object", "additionalProperties": {"properties": {"redirect_uri": TEXT}}},
                "refresh": TEXTS,
                "client_id": TEXT,
                "client_secret": TEXT,
                "certificates": {"type": "object", "additionalProperties": fields(role=TEXT, key=TEXT)},
            },
        },
        "secrets": {"type": "object", "additionalProperties": {"type": "string", "pattern": r"^[\w.-]{1,90}\Z"}},
        "records": {"type": "object", "additionalProperties": {"type": "object"}},
        "gone": {"type": "object", "additionalProperties": many(TEXT)},
    },
}
_FRAME = _Records(_WORLD, format_checker=FORMATS)


def problem(document: Mapping[str, Any], tables: Mapping[str, Table], users: Ids) -> str | None:
    """Return what is wrong with a saved world, with the place where it is, or None; ``users`` are ids of people."""
    if deeper(document, MOST_OF_A_WORLD):
        return f"it nests deeper than {MOST_OF_A_WORLD} levels"
    found = _problem(_FRAME, document)
    if found:
        return found.removeprefix(".")
    strange = _odd_person(document, users) or _odd_record(document, tables) or _odd_id(document, tables)
    return strange or _odd_secret(document)


def _odd_person(document: Mapping[str, Any], users: Ids) -> str | None:
    for role, person in document["people"].items():
        if not users.issues(person["id"]):
            return f"people.{role}.id: {person['id']!r} does not match '{users.pattern}'"
    return None


def _odd_record(document: Mapping[str, Any], tables: Mapping[str, Table]) -> str | None:
    for name, records in document["records"].items():
        if name not in tables:
            return f"records.{name}: there is no such table; there are {', '.join(tables)}"
        for key, record in records.items():
            wrong = tables[name].problem(key, record)
            if wrong:
                return f"records.{name}.{key}{wrong}"
    return None


def _odd_id(document: Mapping[str, Any], tables: Mapping[str, Table]) -> str | None:
    """Find the id of a removed record which no record of its table can have."""
    for name, keys in document["gone"].items():
        schema = tables[name].schema["properties"]["id"] if name in tables else ID
        for place, key in enumerate(keys):
            if wrong := _problem(_Records(schema), key):
                return f"gone.{name}.{place}{wrong}"
    return None


def _problem(validator: Validator, value: Any) -> str | None:
    found = best_match(validator.iter_errors(value))
    return found and f"{''.join(f'.{part}' for part in found.absolute_path)}: {found.message[:300]}"


def _odd_secret(document: Mapping[str, Any]) -> str | None:
    """Find a secret that would be masked where it is none: one that could be a word or a number of any journal."""
    for value, label in document["secrets"].items():
        looks = re.fullmatch(r"[\w.~+/=-]{8,}", value) and re.search(r"\d", value) and re.search(r"[^\W\d]", value)
        if not looks and value != document["grants"].get("client_secret"):
            return f"secrets: the one called {label} needs 8 letters and digits at least, and both of them"
    return None


@FORMATS.checks("moment in UTC", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").isoformat() + "Z" == value


@FORMATS.checks("day", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@FORMATS.checks("time zone", raises=(ValueError, KeyError, OSError))
def _is_zone(value: object) -> bool:
    return not isinstance(value, str) or bool(ZoneInfo(value))


@FORMATS.checks("text", raises=UnicodeError)
def _is_text(value: object) -> bool:
    """Half a character is none that any text holds."""
    return not isinstance(value, str) or value.encode() is not None

"""What App Connect's routes make of a panel's request: the connector's inputs, or a refusal in the core's words.

Behaviour of ``@app-connect/core`` 1.7.41 (``contracts/appointment.js``, ``index.js``). If a request is refused, the
connector is not called.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from greenroom.contracts import schemas
from greenroom.contracts.interfaces import CREATE, UPDATE
from greenroom.contracts.interfaces.interface import Interface, Part

BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""What JavaScript's ``trim`` removes; Python's ``strip`` removes other characters, too."""
MOST = 2**53 - 1
"""The largest whole number that the core accepts."""
INVALID = "Invalid input"
EMPTY = "Too small: expected string to have >=1 characters"
Schema = Mapping[str, Any]
_STATUS: Schema = {
    "type": "object",
    "required": ["status"],
    "additionalProperties": False,
    "properties": {"status": {"type": "string", "minLength": 1}},
}


def _payload() -> Schema:
    """Return the schema of what a new appointment is to have."""
    whole: Any = schemas.validator("createAppointment.input").schema
    found: Schema = whole["properties"]["payload"]
    return found


def _patch() -> Schema:
    """Return the schema of a patch."""
    found: Any = schemas.validator("updateAppointment.patch").schema
    return dict(found)


@dataclass(frozen=True)
class Request:
    """A kind of request that says what an appointment is to have, or which status.

    ``kind`` is the core's word for it, ``schema`` returns the schema of what is asked. ``build`` returns what the
    interface's ``example`` takes, of an appointment's id and what is asked. ``empty`` is what the core says of nothing.
    """

    interface: Interface
    kind: str
    schema: Callable[[], Schema]
    build: Callable[[str, Part], Any]
    empty: str = INVALID

    def inputs(self, key: str, asked: Part) -> dict[str, Any]:
        """Return the interface's own inputs, as the route passes them on."""
        return self.interface.example(self.build(key, tidy(asked)))

    def refusal(self, asked: Part) -> dict[str, Any] | None:
        """Return how the core refuses what is asked, or None: its sentence, and what is wrong with which field.

        Of a patch with a wrong time, and of a value of the wrong kind, the routes say no more than ``Invalid input``.
        Here such a field has the words of the core's own schema for it.
        """
        asked = tidy(asked)
        if Draft202012Validator(self.schema()).is_valid(asked):
            return None
        wrong = [found for name, value in asked.items() for found in _problems(name, value)]
        whole = {"path": [], "message": INVALID if asked else self.empty}
        return {"error": f"Invalid appointment {self.kind} request", "details": wrong or [whole]}


def tidy(asked: Part) -> dict[str, Any]:
    """Return what is asked as the core reads it: a title without blanks around it, a status in small letters, too."""
    readers: Mapping[str, Callable[[str], str]] = {
        "title": lambda text: text.strip(BLANKS),
        "status": lambda text: text.strip(BLANKS).lower(),
    }
    texts = {name: read(asked[name]) for name, read in readers.items() if isinstance(asked.get(name), str)}
    return {**asked, **texts}


@cache
def _fields() -> Mapping[str, Draft202012Validator]:
    """Return the schemas of fields by name: those of a patch are the same as those of a new appointment."""
    known = {**_payload()["properties"], **_STATUS["properties"]}
    return {name: Draft202012Validator(schema) for name, schema in known.items()}


def _problems(name: str, value: Any) -> list[dict[str, Any]]:
    """Return what is wrong with a field, in the core's words: the first problem of each of its parts."""
    field = _fields().get(name)
    if field is None or field.is_valid(value):
        return []
    if name != "contacts" or not isinstance(value, list):
        return [{"path": [name], "message": _words(name, value)}]
    return [_contact(place, each) for place, each in enumerate(value) if not field.is_valid([each])]


def _words(name: str, value: Any) -> str:
    if name in ("title", "status") and value == "":
        return EMPTY
    if name == "startTimeUtc" and isinstance(value, str):
        return "Invalid ISO datetime"
    return _of_number(value) if name == "durationMinutes" else INVALID


def _of_number(value: Any) -> str:
    if value is None:
        return "Invalid input: expected number, received null"
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return INVALID
    if value != int(value):
        return "Invalid input: expected int, received number"
    return f"Too big: expected int to be <={MOST}" if value > MOST else "Too small: expected number to be >0"


def _contact(place: int, given: Any) -> dict[str, Any]:
    """Return what is wrong with a contact: most often its id is not of digits."""
    inner = isinstance(given, Mapping) and isinstance(given.get("id"), str)
    path = ["contacts", place, *(["id"] if inner else [])]
    digits = inner or isinstance(given, str)
    return {"path": path, "message": r"Invalid string: must match pattern /^[1-9]\d*$/" if digits else INVALID}


CREATED = Request(CREATE, "create", _payload, lambda _, asked: asked)
PATCHED = Request(
    UPDATE,
    "patch",
    _patch,
    lambda key, asked: {"appointmentId": key, "patchBody": asked},
    "At least one appointment field must be supplied.",
)
STATUS = Request(UPDATE, "status", lambda: _STATUS, lambda key, asked: {"appointmentId": key, "patchBody": asked})

"""The messages between Greenroom and a worker; ``protocol.json`` beside this file describes them to worker authors."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from greenroom.connectors.errors import ProtocolError

VERSION = 1
CHANNEL = "GREENROOM_CHANNEL"
"""The environment variable that tells a worker its port and secret."""

REMEMBERED, LONGEST = 1000, 500
"""Values of fields that are known to fit, and their longest text: lines of the connector come again and again."""
_SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("protocol.json").read_text("utf-8"))


def _resolved(part: Any) -> Any:
    """Return a part of the schema with what it refers to in place of references: to look each one up takes time."""
    if isinstance(part, list):
        return [_resolved(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _resolved(_SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")])
    return {name: _resolved(each) for name, each in part.items()}


def _is_any_number(schema: Any) -> bool:
    """Tell whether a schema says no more of a value than that it is a number."""
    return isinstance(schema, dict) and {**schema, "description": ""} == {"type": "number", "description": ""}


class _Kind:
    """One kind of message: fields of which each is looked at by itself, and the same texts and lists of one once."""

    def __init__(self, definition: dict[str, Any]) -> None:
        self._whole = Draft202012Validator(definition)
        self._fields = {name: Draft202012Validator(schema) for name, schema in definition["properties"].items()}
        self._numbers = {name for name, schema in definition["properties"].items() if _is_any_number(schema)}
        self._needed = frozenset(definition["required"])
        self._fitting: set[tuple[str, str]] = set()

    def problem(self, message: dict[str, Any]) -> str | None:
        """Return what is wrong with a message, if anything is."""
        if self._needed <= message.keys() and all(self._fits(name, value) for name, value in message.items()):
            return None
        return next((error.message for error in self._whole.iter_errors(message)), None)

    def _fits(self, name: str, value: Any) -> bool:
        if name not in self._fields or self._fields[name].schema is True:
            return name in self._fields
        if isinstance(value, int | float):  # no two moments are the same
            return (name in self._numbers and type(value) is float) or self._fields[name].is_valid(value)
        known = name, repr(value)
        if known in self._fitting:
            return True
        fits = self._fields[name].is_valid(value)
        if fits and len(known[1]) <= LONGEST:
            self._remember(known)
        return fits

    def _remember(self, known: tuple[str, str]) -> None:
        if len(self._fitting) >= REMEMBERED:
            self._fitting.clear()
        self._fitting.add(known)


_KINDS = {
    kind: _Kind(_resolved(definition))
    for kind, definition in _SCHEMA["$defs"].items()
    if kind not in ("seq", "error", "lines", "moment")
}
LARGEST_LINE = 8 * 1024 * 1024


def encode(message: dict[str, Any]) -> bytes:
    """Write a message as one line."""
    return (json.dumps(message, allow_nan=False) + "\n").encode()


def decode(line: bytes) -> dict[str, Any]:
    """Read a worker's line.

    Raises:
        ProtocolError: not JSON, an unknown kind of message, or one of the wrong shape.

    """
    try:
        message = json.loads(line)
        kind = _KINDS[message["type"]]
    except (ValueError, KeyError, TypeError) as error:
        msg = f"the worker sent a line that is no message of ours ({error!r}): {line[:120]!r}"
        raise ProtocolError(msg) from None
    problem = kind.problem(message)
    if problem is not None:
        msg = f"the worker sent a '{message['type']}' message of the wrong shape: {problem[:200]}"
        raise ProtocolError(msg)
    checked: dict[str, Any] = message
    return checked

"""The messages between Greenroom and a worker; ``protocol.json`` beside this file describes them to worker authors."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from greenroom.connectors.errors import ProtocolError

VERSION = 1
CHANNEL = "GREENROOM_CHANNEL"
"""The environment variable that tells a worker its port and secret."""

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


_VALIDATORS = {
    kind: Draft202012Validator(_resolved(definition))
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
        validator = _VALIDATORS[message["type"]]
    except (ValueError, KeyError, TypeError) as error:
        msg = f"the worker sent a line that is no message of ours ({error!r}): {line[:120]!r}"
        raise ProtocolError(msg) from None
    problem = next(validator.iter_errors(message), None)
    if problem is not None:
        msg = f"the worker sent a '{message['type']}' message of the wrong shape: {problem.message[:200]}"
        raise ProtocolError(msg)
    checked: dict[str, Any] = message
    return checked

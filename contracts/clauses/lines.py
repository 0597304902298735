"""Which of the connector's own lines a broken promise is about: of a request, an error, output, or its function."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.clauses.call import Call

DECLARED = ("effect.declare", "safety.output-")
RESULT = ("shape.", "record.", "list.", "truth.", "safety.result-", "safety.shows-", "safety.tells-", "create.returns-")
"""Prefixes of the clauses that judge what the function declares or prints, and what it returned."""
UNLIKE_REQUESTS = ("shape.", "record.")
"""Prefixes of those among them for which no request is to blame."""


def line(name: str, call: Call, about: Mapping[str, Any] | None) -> str | None:
    """Return the line of the request that a problem is ``about``, else that which fits the clause of this name best."""
    defined = call.record.get("defined")
    if name.startswith(DECLARED):
        return request_line(call, about or {}) or defined
    ways = [request_line(call, about or {}), _ended(call), _asked(call), defined]
    if not name.startswith(RESULT):
        ways[1:3] = ways[2:0:-1]
    elif name.startswith(UNLIKE_REQUESTS) and call.returned:
        ways.pop(2)
    return next(filter(None, ways), None)


def request_line(call: Call, entry: Mapping[str, Any]) -> str | None:
    """Return the line from which a request came, where it is known.

    It is the innermost in the file that defines the interface, else the innermost of all: of a request that a helper
    in another file sends for everybody, the line that asks for it says more.
    """
    lines, (file, _, _) = entry.get("lines", ()), call.record.get("defined", "").rpartition(":")
    return next((each for each in lines if each.rpartition(":")[0] == file), next(iter(lines), None))


def _ended(call: Call) -> str | None:
    """Return the line that returned, or from which an error escaped."""
    return call.outcome.get("at") or (call.outcome.get("error") or {}).get("at")


def _asked(call: Call) -> str | None:
    """Return the line of the request that counts: the last that changed something, that might have, or of all."""
    changed = [entry for entry in call.entries if entry["changes"]]
    asked = [*call.entries, *call.writes, *changed] if call.returned else call.entries
    return next((found for entry in reversed(asked) if (found := request_line(call, entry))), None)

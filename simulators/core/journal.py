"""What one world was asked and answered, in order."""

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.store import Change

BODY_LIMIT = 4096
"""Characters of a body that an entry shows; a longer one is cut, with a note of its full length."""
CREDENTIALS = ("authorization", "proxy-authorization")
"""Headers whose credential nobody sees, also one that no fake gave out: it may open a real CRM."""
KEPT = 10_000
"""Entries that a journal keeps; older ones go, so that a fake may run for weeks."""


@dataclass(slots=True)
class Entry:
    """One request and its answer.

    ``person`` is whose token came (None: no known token), ``credential`` that token's state; ``operation`` is what
    the request would do, allowed or not, to appointment ``record``: ``read``, ``cancel``, ``update``, ``delete``,
    ``create``; ``write`` is any other request that would change something, ``other`` one that would not, ``connect`` a
    connection that never came to a request, ``external_host`` one to a host that is not the CRM's. ``shows`` is
    what the answer told about that appointment (``live``, ``ended``, ``absent``); ``internal_error`` names a failure of
    the simulator itself, ``unsimulated`` what was asked for that the vendor has and this fake has not. ``fault`` names
    the fault that fired, ``received`` what of the answer reached the client (``whole``, ``status``, ``late``,
    ``nothing``; its status is 0 where nothing did). ``token`` tells requests apart and is never shown; ``moment`` is
    when the answer was ready, in seconds of this process's monotonic clock; ``left`` whether the client had left by
    then.
    """

    seq: int
    world: str
    at: str
    method: str
    scheme: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    response_headers: Mapping[str, str]
    response_body: bytes
    seconds: float
    person: str | None
    credential: str
    operation: str
    record: str | None
    shows: str | None
    fault: str | None = None
    received: str = "whole"
    internal_error: str | None = None
    unsimulated: str | None = None
    changes: Sequence[Change] = ()
    token: str | None = None
    moment: float = field(default_factory=time.monotonic)
    left: bool = False

    def to_json(self, mask: Callable[[str], str]) -> dict[str, Any]:
        """Return the entry as JSON-able data with every secret masked."""
        masked: dict[str, Any] = json.loads(mask(json.dumps(self._plain())))
        headers = masked["request"]["headers"]
        for name in headers:
            if name.lower() in CREDENTIALS:
                headers[name] = hidden(headers[name], self.headers[name])
        for side in ("request", "answer"):
            if self.operation != "external_host":  # there all of it is looked at: what left, left
                masked[side]["body"] = shortened(masked[side]["body"])
        return masked

    def _plain(self) -> dict[str, Any]:
        names = (
            "seq", "world", "at", "person", "credential", "operation", "record", "shows", "fault", "received",
            "internal_error", "unsimulated",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in names},
            "seconds": round(self.seconds, 6),
            "request": {
                "method": self.method,
                "scheme": self.scheme,
                "host": self.host,
                "path": self.path,
                "query": self.query,
                "headers": dict(self.headers),
                "body": self.body.decode("utf-8", "replace"),
            },
            "answer": {
                "status": self.status,
                "headers": dict(self.response_headers),
                "body": self.response_body.decode("utf-8", "replace"),
            },
            "changes": [
                {"table": c.table, "id": c.id, "field": c.field, "before": c.before, "after": c.after}
                for c in self.changes
            ],
        }


class Journal:
    """The entries of one world: the latest ``KEPT`` of them, each at the position at which it came.

    ``on_add`` hears of each entry, once it is there.
    """

    def __init__(self) -> None:
        self.on_add: Callable[[], None] = lambda: None
        self._entries: deque[Entry] = deque()
        self._dropped = 0
        self._changed = threading.Condition()

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        with self._changed:
            self._entries.append(entry)
            if len(self._entries) > KEPT:  # one goes for each that comes: many at once would hold up a request
                self._entries.popleft()
                self._dropped += 1
            self._changed.notify_all()
        self.on_add()

    def wait(self, mark: int, seconds: float, most: int) -> tuple[int, list[Entry]]:
        """Wait for the entry at position ``mark`` for so many seconds.

        Return the entries from there on, at most so many, and the position of the first: a later one where those before
        are kept no more.
        """
        with self._changed:
            self._changed.wait_for(lambda: len(self) > mark, seconds)
            place = max(mark, self._dropped)
            return place, self._from(place, most)

    def since(self, mark: int = 0) -> list[Entry]:
        """Return the entries from position ``mark`` on, as far as they are kept."""
        with self._changed:
            return self._from(max(mark, self._dropped))

    def _from(self, place: int, most: int | None = None) -> list[Entry]:
        begin = place - self._dropped
        return list(islice(self._entries, begin, None if most is None else begin + most))

    def __len__(self) -> int:
        return self._dropped + len(self._entries)


def unanswered(seq: int, world: str, now: datetime, place: str, fault: str | None, scheme: str = "https") -> Entry:
    """Return the entry of a connection over which no request came (yet), maybe because a fault fired on it."""
    nothing: dict[str, str] = {}
    return Entry(
        seq=seq,
        world=world,
        at=timestamp(now),
        method="CONNECT",
        scheme=scheme,
        host=place,
        path="",
        query="",
        headers=nothing,
        body=b"",
        status=0,
        response_headers=nothing,
        response_body=b"",
        seconds=0.0,
        person=None,
        credential="missing",
        operation="connect",
        record=None,
        shows=None,
        fault=fault,
        received="nothing",
    )


def hidden(masked: str, sent: str) -> str:
    """Return a header that bears a credential: its secrets masked, or all but its scheme where they are not known."""
    scheme, blank, credential = masked.partition(" ")
    if not blank:
        return _labels(masked) or "<unknown>" if masked and masked.lower() not in ("basic", "bearer") else masked
    known = masked != sent if scheme.lower() == "basic" else re.fullmatch(r"\s*<[\w.-]+>\s*", credential)
    return masked if known or not credential.strip() else f"{scheme} <unknown>{_labels(credential)}"


def _labels(masked: str) -> str:
    return "".join(re.findall(r"<[\w-]+\.[\w.-]+>", masked))


def shortened(text: str) -> str:
    """Return a body's text, cut where it is very long; masked before, so that no part of a secret stays."""
    return text if len(text) <= BODY_LIMIT else f"{text[:BODY_LIMIT]}… ({len(text)} characters)"

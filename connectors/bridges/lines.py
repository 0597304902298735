"""Which lines of a connector its requests and its output came from, as its worker tells them."""

import threading
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT, KEPT_OF_ONE = 4000, 200
"""Requests, by method and path, that are remembered, and how many of each."""
ANY = ""
LONGEST_ROW = 200
"""Characters of a line of output by which it is known."""

Places = tuple[str, ...]
"""Lines as ``file:line``, innermost first."""


@dataclass(frozen=True)
class _Told:
    moment: float
    at: Places


class Lines:
    """The lines of requests, connections and output. ``folder`` is the connector's own, where it has a file."""

    def __init__(self, folder: Path | None) -> None:
        self._bases = [Path.cwd(), *([folder] if folder else [])]
        self._told: OrderedDict[str, deque[_Told]] = OrderedDict()
        self._short: dict[str, str] = {}
        self._lock = threading.Lock()

    def take(self, note: Mapping[str, Any]) -> None:
        """Take note of what a worker tells: a request that it sends, a connection that it begins, or what it prints."""
        if "at" not in note:
            return
        told = _Told(note["moment"], tuple(map(self.short, note["at"])))
        keys = _keys(note)
        with self._lock:
            for key in keys:
                self._told.setdefault(key, deque(maxlen=KEPT_OF_ONE)).append(told)
                self._told.move_to_end(key)
            while len(self._told) > KEPT:
                self._told.popitem(last=False)

    def find(self, method: str, target: str, came: float, since: float) -> Places:
        """Return the lines of a request that came at a moment: of the last one like it, else of the last one at all.

        What was told before ``since``, when its call began, is another call's.
        """
        with self._lock:
            for key in (_key(method, target), ANY):
                fits = (each for each in reversed(self._told.get(key, ())) if since <= each.moment <= came)
                if found := next(fits, None):
                    return found.at
        return ()

    def printed(self, stream: str, row: str, since: float) -> str | None:
        """Return the line that printed a row of output since a moment, if it was told."""
        with self._lock:
            told = reversed(self._told.get(_key(stream, row[:LONGEST_ROW]), ()))
            return next((each.at[0] for each in told if since <= each.moment), None)

    def short(self, place: str) -> str:
        """Return a place with its path from here, or from the connector's folder; elsewhere as it is."""
        if place not in self._short:
            self._short[place] = _short(place, self._bases)
        return self._short[place]


def _keys(note: Mapping[str, Any]) -> tuple[str, ...]:
    if note["type"] == "printed":
        return (_key(note["stream"], note["text"]),)
    return (_key(note["method"], note["path"]), ANY) if note["type"] == "sent" else (ANY,)


def _key(method: str, target: str) -> str:
    return f"{method.upper()} {target}"


def _short(place: str, bases: Sequence[Path]) -> str:
    path = Path(place)
    base = next((base for base in bases if path.is_relative_to(base)), None)
    return path.relative_to(base).as_posix() if base else place

"""What a connector's process, its threads and its children say of where they go, and what of it was never seen."""

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class Notes:
    """A file into which threads and children, which have no channel, write their messages, a line each."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="notes-")
        self.path = Path(self._folder.name, "notes")
        self._name = str(self.path)
        self._read = 0
        self._lock = threading.Lock()

    def new(self) -> list[dict[str, Any]]:
        """Return the messages that came since the last look."""
        with self._lock:
            if not os.path.exists(self._name):  # noqa: PTH110 - it is asked for at each call
                return []
            with self.path.open("rb") as file:
                file.seek(self._read)
                lines = [line for line in file.readlines() if line.endswith(b"\n")]
            self._read += sum(map(len, lines))
        return [json.loads(line) for line in lines]

    def close(self) -> None:
        """Remove the file."""
        self._folder.cleanup()


class Unseen:
    """What a process does that may send requests which Greenroom does not see.

    A child counts until it says that it is led, or until the proxy, which is in the environment of all children, sees
    any of them.
    """

    def __init__(self) -> None:
        self._found: dict[str, str] = {}
        self._children: set[str] = set()
        self._proxied = False

    def take(self, note: Mapping[str, Any]) -> None:
        """Take note of something that is done, or of a child (its number) that is led."""
        if note["type"] == "unseen":
            self._found[note["child"] or note["what"]] = note["what"]
            self._children |= {note["child"]} - {None}
        elif note["type"] == "led":
            self._found.pop(note["child"], None)
        self._proxied = self._proxied or bool(note.get("proxied"))

    def keys(self) -> tuple[str, ...]:
        """Return what there is by now, for :meth:`left`."""
        return tuple(self._found)

    def left(self, keys: tuple[str, ...]) -> list[str]:
        """Return what of it is still unseen, in words."""
        gone = self._children if self._proxied else set()
        return sorted({self._found[key] for key in keys if key in self._found and key not in gone})


def distinct(attempts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return attempts to reach other hosts, each once, with its lines.

    Where one was resolved and connected to, only the latter is returned.
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for attempt in attempts:
        lines = {"lines": attempt["at"]} if attempt.get("at") else {}
        found.setdefault((attempt["host"], attempt["port"], attempt["why"]), lines)
    connected = {host for host, port, _ in found if port is not None}
    kept = [each for each in found if each[1] is not None or each[0] not in connected]
    return [{**dict(zip(("host", "port", "why"), each, strict=True)), **found[each]} for each in kept]


def unseen(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what may have sent requests unseen, by the notes of a whole program; the proxy's connections count too."""
    found = Unseen()
    for note in notes:
        found.take(note)
    return found.left(found.keys())

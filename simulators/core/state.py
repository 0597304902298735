"""Worlds kept in a SQLite file: what a client got an answer to survives the end of the process, however it ends."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from greenroom.simulators.core.snapshot import rest
from greenroom.simulators.core.store import Change
from greenroom.simulators.core.world import World

_TABLES = """
    CREATE TABLE IF NOT EXISTS worlds (name TEXT PRIMARY KEY, crm TEXT NOT NULL, document TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS records (
        world TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, document TEXT,
        PRIMARY KEY (world, kind, id)
    );
"""


class StateError(ValueError):
    """The file cannot be used; the message says what to do instead."""


class StateFile:
    """The file behind ``serve --state``. Each commit is one transaction, written before it is answered.

    A record's row without a document is one that is gone: its id is never given again.

    Raises:
        StateError: it cannot be opened, or is no state file.

    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._saved: dict[str, str] = {}
        try:
            path.touch(mode=0o600)  # it holds tokens
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            msg = f"state file {path} cannot be used: {error}; name another one with --state"
            raise StateError(msg) from None

    def documents(self, crm: str) -> list[dict[str, Any]]:
        """Return the worlds of a CRM as :func:`snapshot.dump` writes them, oldest first."""
        with self._lock:
            rows = self._connection.execute("SELECT name, document FROM worlds WHERE crm = ? ORDER BY rowid", (crm,))
            return [self._document(name, document) for name, document in rows.fetchall()]

    def _document(self, name: str, document: str) -> dict[str, Any]:
        records: dict[str, dict[str, Any]] = {}
        gone: dict[str, list[str]] = {}
        rows = self._connection.execute(
            "SELECT kind, id, document FROM records WHERE world = ? ORDER BY rowid", (name,)
        )
        for kind, key, record in rows:
            if record is None:
                gone.setdefault(kind, []).append(key)
            else:
                records.setdefault(kind, {})[key] = json.loads(record)
        return {**json.loads(document), "records": records, "gone": gone}

    def keep(self, world: World) -> None:
        """Write a world whole, and from now on each of its commits."""
        rows: list[tuple[str, str, str, str | None]]
        rows = [(world.name, k, key, json.dumps(r)) for k, rs in world.store.dump().items() for key, r in rs.items()]
        rows += [(world.name, kind, key, None) for kind, keys in world.store.gone().items() for key in keys]
        with self._lock, self._connection:
            self._connection.execute("BEGIN")
            self._connection.execute("DELETE FROM records WHERE world = ?", (world.name,))
            self._connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        self.note(world)
        world.store.on_commit = lambda changes: self._commit(world, changes)

    def note(self, world: World) -> None:
        """Write what is not records (tokens, clock, switches …), if it changed."""
        document = json.dumps(rest(world))
        if self._saved.get(world.name) == document:
            return
        with self._lock:
            statement = (
                "INSERT INTO worlds VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document"
            )
            self._connection.execute(statement, (world.name, world.profile.crm, document))
        self._saved[world.name] = document

    def _commit(self, world: World, changes: Sequence[Change]) -> None:
        keys = {(change.table, change.id) for change in changes}
        found = [(kind, key, world.store.get(kind, key)) for kind, key in keys]
        rows = [(world.name, kind, key, None if record is None else json.dumps(record)) for kind, key, record in found]
        with self._lock, self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT INTO records VALUES (?, ?, ?, ?) "
                "ON CONFLICT (world, kind, id) DO UPDATE SET document = excluded.document",
                rows,
            )

    def drop(self, world: World) -> None:
        """Remove a world."""
        with self._lock:
            for table, column in (("records", "world"), ("worlds", "name")):
                self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (world.name,))  # noqa: S608
        self._saved.pop(world.name, None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

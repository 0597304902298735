"""Worlds kept in a SQLite file: what a client got an answer to survives the end of the process, however it ends."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    CREATE TABLE IF NOT EXISTS current (crm TEXT PRIMARY KEY, name TEXT NOT NULL);
"""
_COLUMNS = {"worlds": "name, crm, document", "records": "world, kind, id, document", "current": "crm, name"}


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
        self._kept: dict[str, World] = {}
        self._path = path
        try:
            path.touch(mode=0o600)  # it holds tokens
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from None
        try:
            self._prepare()
        except (ValueError, sqlite3.Error) as error:
            self._connection.close()
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> StateError:
        return StateError(f"state file {self._path} cannot be used: {error}; name another one with --state")

    def _prepare(self) -> None:
        """Make the tables, but write nothing into somebody else's database."""
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        others = sorted({name for (name,) in found} - set(_COLUMNS))
        if others:
            msg = f"it holds tables of something else ({', '.join(others)})"
            raise ValueError(msg)
        for (table,) in found:
            self._connection.execute(f"SELECT {_COLUMNS[table]} FROM {table} LIMIT 0")  # noqa: S608
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_TABLES)

    def documents(self, crm: str) -> list[dict[str, Any]]:
        """Return the worlds of a CRM as :func:`snapshot.dump` writes them, oldest first.

        Raises:
            StateError: the file holds something else.

        """
        query = "SELECT name, document FROM worlds WHERE crm = ? ORDER BY rowid"
        try:
            with self._lock:
                rows = self._connection.execute(query, (crm,)).fetchall()
                return [self._document(name, document) for name, document in rows]
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._unusable(error) from None

    def current(self, crm: str) -> str | None:
        """Return the name of the world that was a CRM's current one."""
        with self._lock:
            row = self._connection.execute("SELECT name FROM current WHERE crm = ?", (crm,)).fetchone()
        return str(row[0]) if row else None

    def enter(self, world: World) -> None:
        """Remember a world as its CRM's current one."""
        with self._lock:
            self._connection.execute("REPLACE INTO current VALUES (?, ?)", (world.profile.crm, world.name))

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
        """Write a world whole, and from now on each of its commits, in place of what was kept under its name.

        It is one transaction: whenever the process ends, the file holds the world before or the one after.
        """
        rows: list[tuple[str, str, str, str | None]]
        rows = [(world.name, k, key, json.dumps(r)) for k, rs in world.store.dump().items() for key, r in rs.items()]
        rows += [(world.name, kind, key, None) for kind, keys in world.store.gone().items() for key in keys]
        with self._lock:
            document = json.dumps(rest(world))
            with self._transaction():
                self._connection.execute("DELETE FROM records WHERE world = ?", (world.name,))
                self._connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
                self._write(world, document)
            self._know(world, document)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._connection:
            self._connection.execute("BEGIN")
            yield

    def _know(self, world: World, document: str) -> None:
        """Keep this world under its name; what the one before it still commits or notes is no longer written."""
        self._kept[world.name], self._saved[world.name] = world, document
        world.store.on_commit = lambda changes: self._commit(world, changes)

    def _write(self, world: World, document: str) -> None:
        self._connection.execute(
            "INSERT INTO worlds VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
            (world.name, world.profile.crm, document),
        )

    def note(self, world: World) -> None:
        """Write what is not records (tokens, clock, switches …), if it changed."""
        with self._lock:  # from the look at the world to the writing: what is written last was seen last
            if self._kept.get(world.name) is not world:
                return
            document = json.dumps(rest(world))
            if self._saved[world.name] != document:
                self._write(world, document)
                self._saved[world.name] = document

    def _commit(self, world: World, changes: Sequence[Change]) -> None:
        keys = {(change.table, change.id) for change in changes}
        found = [(kind, key, world.store.get(kind, key)) for kind, key in keys]
        rows = [(world.name, kind, key, None if record is None else json.dumps(record)) for kind, key, record in found]
        with self._lock, self._transaction():
            if self._kept.get(world.name) is not world:  # replaced while this commit was under way
                return
            self._connection.executemany(
                "INSERT INTO records VALUES (?, ?, ?, ?) "
                "ON CONFLICT (world, kind, id) DO UPDATE SET document = excluded.document",
                rows,
            )

    def drop(self, world: World) -> None:
        """Remove a world."""
        with self._lock, self._transaction():
            for table, column in (("records", "world"), ("worlds", "name")):
                self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (world.name,))  # noqa: S608
            self._kept.pop(world.name, None)
            self._saved.pop(world.name, None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

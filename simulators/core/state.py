"""Worlds kept in a SQLite file: what a client got an answer to survives the end of the process, however it ends."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from greenroom.simulators.core.errors import SaveError
from greenroom.simulators.core.lockfile import InUseError, LockFile
from greenroom.simulators.core.snapshot import rest, restore
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

    A record's row without a document is one that is gone: its id is never given again. What the file does not take
    (a full disk) is a :class:`SaveError`, and the world in memory stays, or becomes again, what the file holds.
    One process uses a file at a time; a lock file beside it, ``<name>.lock``, says which one.

    Raises:
        StateError: it is in use, it cannot be opened, or it is no state file.

    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._saved: dict[str, str] = {}
        self._kept: dict[str, World] = {}
        self._problem: str | None = None
        self.path = path
        self._held = self._hold()
        try:
            self._open()
        except (OSError, ValueError, sqlite3.Error) as error:
            self._held.release()
            raise self.unusable(error) from None

    def unusable(self, error: object) -> StateError:
        """Return the error that says why the file cannot be used."""
        return StateError(f"state file {self.path} cannot be used: {error}; name another one with --state")

    def _hold(self) -> LockFile:
        try:
            self._real = self.path.resolve()  # whatever leads to it, it is one file
            return LockFile(self._real.with_name(f"{self._real.name}.lock"))
        except InUseError as error:
            who = "this process" if error.pid == os.getpid() else "it"
            advice = f"end {who} first, or name another file with --state"
            msg = f"state file {self.path} is {error}; {advice}"
            raise StateError(msg) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise self.unusable(error) from None

    def _open(self) -> None:
        self.path.touch(mode=0o600)  # it holds tokens
        self._file = self._real.stat()
        self._connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

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
        except (sqlite3.Error, ValueError, TypeError, RecursionError) as error:
            raise self.unusable(error) from None

    def current(self, crm: str) -> str | None:
        """Return the name of the world that was a CRM's current one."""
        with self._lock:
            row = self._connection.execute("SELECT name FROM current WHERE crm = ?", (crm,)).fetchone()
        return str(row[0]) if row else None

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

    def save(self, world: World | None = None, *, current: World | None = None, gone: World | None = None) -> None:
        """Write a world whole in place of what was kept under its name, and from now on each of its commits.

        ``current`` becomes its CRM's current world, ``gone`` is removed. All of it is one transaction: whenever the
        process ends, the file holds what was before or what comes after.

        Raises:
            SaveError: the file did not take it.

        """
        rows = list(_rows(world)) if world else []
        with self._lock:
            document = json.dumps(rest(world)) if world else ""
            with self._saving():
                for old in filter(None, (gone, world)):
                    self._connection.execute("DELETE FROM records WHERE world = ?", (old.name,))
                if gone:
                    self._connection.execute("DELETE FROM worlds WHERE name = ?", (gone.name,))
                if world:
                    self._connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
                    self._write(world, document)
                if current:
                    self._connection.execute("REPLACE INTO current VALUES (?, ?)", (current.profile.crm, current.name))
            if gone:
                del self._kept[gone.name], self._saved[gone.name]
            if world:
                self._know(world, document)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Write in one transaction.

        Raises:
            SaveError: the file did not take it.

        """
        try:
            self._see_that_it_is_there()
            with self._connection:
                self._connection.execute("BEGIN")
                yield
        except (OSError, sqlite3.Error) as error:
            self._problem = (
                f"the state file {self.path} cannot be written ({error}), so nothing was changed; "
                "make room, or see to the file, and ask again"
            )
            raise SaveError(self._problem) from None
        self._problem = None

    def _see_that_it_is_there(self) -> None:
        """See that what is written can be found again.

        Raises:
            OSError: the file was removed or replaced.

        """
        if not os.path.samestat(self._real.stat(), self._file):
            raise OSError("it was replaced by another file")

    def _know(self, world: World, document: str) -> None:
        """Keep this world under its name; what the one before it still commits or notes is no longer written."""
        self._kept[world.name], self._saved[world.name] = world, document
        world.store.on_commit = lambda changes: self._commit(world, changes)

    def _write(self, world: World, document: str) -> None:
        self._connection.execute(
            "INSERT INTO worlds VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
            (world.name, world.profile.crm, document),
        )

    def note(self, world: World, seen: int | None = None) -> None:
        """Write what is not records (tokens, clock, switches …), if it changed.

        What the file does not take is taken back in memory, whoever it came from: ``world.undone`` counts how often.
        ``seen`` is that count as somebody began: where it has grown since, what they did may be taken back, too.

        Raises:
            SaveError: the file did not take it, or did not take what came meanwhile.

        """
        with self._lock:  # from the look at the world to the writing: what is written last was seen last
            if self._kept.get(world.name) is not world:
                return
            document, saved = json.dumps(rest(world)), self._saved[world.name]
            try:
                if seen not in (None, world.undone):
                    raise SaveError(self._problem or "the state file did not take what came meanwhile; ask again")
                if document != saved:
                    with self._saving():
                        self._write(world, document)
            except SaveError:
                if document != saved:
                    restore(world, json.loads(saved))
                    world.undone += 1
                raise
            self._saved[world.name] = document

    def _commit(self, world: World, changes: Sequence[Change]) -> None:
        keys = {(change.table, change.id) for change in changes}
        found = [(kind, key, world.store.get(kind, key)) for kind, key in keys]
        rows = [(world.name, kind, key, None if record is None else json.dumps(record)) for kind, key, record in found]
        with self._lock, self._saving():
            if self._kept.get(world.name) is not world:  # replaced while this commit was under way
                return
            self._connection.executemany(
                "INSERT INTO records VALUES (?, ?, ?, ?) "
                "ON CONFLICT (world, kind, id) DO UPDATE SET document = excluded.document",
                rows,
            )

    def problem(self) -> str | None:
        """Return why the file cannot be written, or None where it can; where it could not, it is tried again."""
        with self._lock:
            if self._problem:
                with suppress(SaveError), self._saving():
                    (tried,) = self._connection.execute("PRAGMA user_version").fetchone()
                    self._connection.execute(
                        f"PRAGMA user_version = {(tried + 1) % 2}"
                    )  # the same again writes nothing
            return self._problem

    def close(self) -> None:
        """Close the file, and let others have it."""
        with self._lock:
            self._connection.close()
            self._held.release()


def _rows(world: World) -> Iterator[tuple[str, str, str, str | None]]:
    """Return a world's records and gone ids as rows of the file."""
    for kind, records in world.store.dump().items():
        yield from ((world.name, kind, key, json.dumps(record)) for key, record in records.items())
    for kind, keys in world.store.gone().items():
        yield from ((world.name, kind, key, None) for key in keys)

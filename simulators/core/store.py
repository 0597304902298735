"""State of a world: tables of records, atomic commits, and the change list made as a commit happens."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.core.spans import Span, Spans

Record = Mapping[str, Any]
WHOLE = "*"
"""The field of a change that made or removed a whole record."""
REMEMBERED = 1000
"""Removed records that a store can still show, newest last."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record before and after a commit; the field is ``*`` where a record was made or removed."""

    table: str
    id: str
    field: str
    before: Any
    after: Any


Told = Callable[[Sequence[Change]], None]
"""Hears of changes."""


class Commit:
    """Writes that happen together. Obtained from :meth:`Store.commit`; ``changes`` grows with each write.

    ``written`` are the
    records as they will be; None where one goes. Until all of them count, only the thread that makes them sees them.
    """

    def __init__(self, tables: dict[str, dict[str, Record]], gone: dict[str, set[str]]) -> None:
        self._tables = tables
        self._gone = gone
        self.written: dict[tuple[str, str], Record | None] = {}
        self.changes: list[Change] = []

    def get(self, table: str, key: str) -> Record | None:
        """Return a record as it will be after this commit."""
        if (table, key) in self.written:
            return self.written[table, key]
        return self._tables.get(table, {}).get(key)

    def all(self, table: str) -> list[Record]:
        """Return a table's records as they will be after this commit."""
        mine = {key: record for (name, key), record in self.written.items() if name == table}
        return [record for record in {**self._tables.get(table, {}), **mine}.values() if record is not None]

    def ids(self, table: str) -> list[str]:
        """Return every id of a table that was ever given."""
        mine = (key for name, key in self.written if name == table)
        return [*self._tables.get(table, {}), *self._gone.get(table, ()), *mine]

    def existed(self, table: str, key: str) -> bool:
        """Tell whether that id was ever given."""
        return (table, key) in self.written or key in self._tables.get(table, {}) or key in self._gone.get(table, ())

    def insert(self, table: str, key: str, record: Record) -> None:
        """Make a record under an id that was never given before."""
        if self.existed(table, key):
            msg = f"{table}/{key} was given before; ids are never reused"
            raise KeyError(msg)
        self.written[table, key] = record
        self.changes.append(Change(table, key, WHOLE, None, record))

    def update(self, table: str, key: str, fields: Mapping[str, Any]) -> Record:
        """Replace some fields of a record and return the new one; only real differences enter the change list."""
        old = self._known(table, key)
        self.written[table, key] = new = {**old, **fields}
        changed = [Change(table, key, f, old.get(f), v) for f, v in fields.items() if f not in old or old[f] != v]
        self.changes.extend(changed)
        return new

    def remove(self, table: str, key: str) -> None:
        """Remove a record for good."""
        old = self._known(table, key)
        self.written[table, key] = None
        self.changes.append(Change(table, key, WHOLE, old, None))

    def _known(self, table: str, key: str) -> Record:
        found = self.get(table, key)
        if found is None:
            raise KeyError(key)
        return found

    def apply(self) -> None:
        """Let every write count."""
        for (table, key), record in self.written.items():
            if record is None:
                self._tables.get(table, {}).pop(key, None)
                self._gone.setdefault(table, set()).add(key)
            else:
                self._tables.setdefault(table, {})[key] = record


class Store:
    """Tables of immutable-by-convention records under one lock.

    Reading takes no lock: a commit replaces a record whole, so a reader sees it before or after, never torn.
    Ids are never given twice, and the store remembers which ids ever existed. ``on_commit`` hears of every commit
    before it counts, and before anybody else sees it: where it fails, nothing was changed. ``version`` grows with
    every commit.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Record]] = {}
        self._gone: dict[str, set[str]] = {}
        self._next: dict[str, int] = {}
        self._removed: dict[tuple[str, str], Record] = {}
        self._spans: dict[str, Spans] = {}
        self._lock = threading.RLock()
        self._open: Commit | None = None
        self._writer = 0
        self.version = 0
        self.on_commit: Callable[[Sequence[Change]], None] | None = None

    def dump(self) -> dict[str, dict[str, Record]]:
        """Return every record by table and id."""
        with self._lock:
            return {table: dict(records) for table, records in self._tables.items()}

    def gone(self) -> dict[str, list[str]]:
        """Return the ids of removed records by table."""
        with self._lock:
            return {table: sorted(keys) for table, keys in self._gone.items() if keys}

    def load(self, records: dict[str, dict[str, Record]], gone: dict[str, set[str]]) -> None:
        """Replace everything."""
        with self._lock:
            self._tables, self._gone, self._next, self._removed, self._spans = records, gone, {}, {}, {}
            self.version += 1

    def next_id(self, table: str, start: int) -> str:
        """Return the next id of a table: above ``start`` and above every id that was ever given."""
        with self._lock:
            if table not in self._next:
                given = [int(key) for key in self._view().ids(table) if key.isdigit()]
                self._next[table] = max([start, *given])
            self._next[table] += 1
            return str(self._next[table])

    def _view(self) -> Commit:
        """Return the commit that this thread is making, or an empty one: what it shows is what this thread may see."""
        mine = self._open
        return mine if mine and self._writer == threading.get_ident() else Commit(self._tables, self._gone)

    def get(self, table: str, key: str) -> Record | None:
        """Return a record, or None where there is none."""
        if self._open:
            return self._view().get(table, key)
        return self._tables.get(table, {}).get(key)

    def all(self, table: str) -> list[Record]:
        """Return a table's records, in the order they were made."""
        with self._lock:
            return self._view().all(table)

    def reaching(self, table: str, span: Span, since: float, until: float) -> list[Record]:
        """Return the records of a table that may reach into a window of time, in the order they were made.

        ``span`` tells when a record begins and ends; it is the same at each call.
        """
        with self._lock:
            mine = self._view()
            if mine.changes:
                return mine.all(table)
            records = self._tables.get(table, {})
            if table not in self._spans:
                self._spans[table] = Spans(span, records.values())
            return [records[key] for key in self._spans[table].reaching(since, until)]

    def removed(self, table: str) -> dict[str, Record]:
        """Return the records of a table that were removed since this store was made or loaded, the latest of them."""
        with self._lock:
            return {key: record for (name, key), record in self._removed.items() if name == table}

    def _remember(self, changes: Sequence[Change]) -> None:
        """Keep what a commit removed; only to be shown, and no more than ``REMEMBERED``."""
        self.version += 1
        for change in changes:
            if change.field == WHOLE and change.after is None:
                self._removed[change.table, change.id] = change.before
        while len(self._removed) > REMEMBERED:
            del self._removed[next(iter(self._removed))]

    def existed(self, table: str, key: str) -> bool:
        """Tell whether that id was ever given to a record, kept or removed."""
        return self._view().existed(table, key)

    def commit(self, told: Told = lambda _: None) -> AbstractContextManager[Commit]:
        """Do several writes as one: all of them or, when the block raises, none; ``told`` hears of them then.

        Raises:
            RuntimeError: inside another one of the same thread.

        """
        return _Writing(self, told)

    def begin(self) -> Commit:
        """Begin to write; only the block of a commit does so."""
        self._lock.acquire()
        if self._open:
            self._lock.release()
            msg = "a commit inside another one: make one of them"
            raise RuntimeError(msg)
        self._writer, self._open = threading.get_ident(), Commit(self._tables, self._gone)
        return self._open

    def end(self, failed: object) -> None:
        """End what was begun: it counts unless it failed."""
        try:
            if self._open and not failed:
                self._close(self._open)
        finally:
            self._open = None
            self._lock.release()

    def _close(self, commit: Commit) -> None:
        if self.on_commit and commit.changes:
            self.on_commit(commit.changes)
        for (table, key), record in commit.written.items():
            if table in self._spans:
                self._spans[table].replace(self._tables.get(table, {}).get(key), record)
        commit.apply()
        self._remember(commit.changes)


class _Writing(AbstractContextManager[Commit]):
    """A block of writes; as a class it costs half of what a generator does."""

    def __init__(self, store: Store, told: Told) -> None:
        self._store, self._told = store, told

    def __enter__(self) -> Commit:
        self._commit = self._store.begin()
        return self._commit

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._store.end(kind)
        if kind is None:
            self._told(self._commit.changes)

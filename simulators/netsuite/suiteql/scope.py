"""Names in a query: which column of which table an identifier means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.catalogue import Column
from greenroom.simulators.netsuite.suiteql.frame import Frame, Row, Run
from greenroom.simulators.netsuite.suiteql.refusal import invalid, unknown_column


@dataclass(frozen=True)
class Source:
    """A table, or a subquery, in FROM: ``unkept`` are columns that only NetSuite's has."""

    alias: str
    table: str
    columns: tuple[Column, ...]
    rows: Callable[[Frame | None], list[Row]]
    unkept: frozenset[str] = frozenset()

    def index(self, name: str) -> int | None:
        """Return a column's place."""
        return next((at for at, column in enumerate(self.columns) if column.name == name), None)


@dataclass(frozen=True)
class Place:
    """Where a column's value stands: so many queries out, in which table, in which column."""

    level: int
    source: int
    index: int
    column: Column

    def run(self) -> Run:
        """Return the function that looks it up."""
        source, index = self.source, self.index
        if self.level == 0:
            return lambda frame: frame.rows[source][index]
        return lambda frame: _out(frame, self.level).rows[source][index]


@dataclass
class Scope:
    """The tables of one query, and the query around it.

    ``groups`` are the places of the expressions that it groups by, None if it does not group; ``correlated``: it
    looks at the rows of a query around it.
    """

    outer: "Scope | None" = None
    sources: list[Source] = field(default_factory=list)
    groups: dict[str, int] | None = None
    correlated: bool = False

    def add(self, source: Source) -> None:
        """Add a table.

        Raises:
            InvalidParameter: there is one of its alias.

        """
        if any(each.alias == source.alias for each in self.sources):
            raise invalid()
        self.sources.append(source)

    def place(self, column: exp.Column) -> Place:
        """Return what an identifier means.

        Raises:
            InvalidParameter: nothing, or it is not known which of several.
            Unsimulated: a column that only NetSuite has.

        """
        name, alias = column.name.lower(), column.table.lower()
        for level, scope in enumerate(self._outwards()):
            found = scope._own(name, alias)  # noqa: SLF001 - of its own class
            if found is not None:
                self._note(level)
                source, index = found
                return Place(level, source, index, scope.sources[source].columns[index])
        raise self._missing(name, alias)

    def _own(self, name: str, alias: str) -> tuple[int, int] | None:
        found = [
            (place, index)
            for place, source in enumerate(self.sources)
            if alias in ("", source.alias) and (index := source.index(name)) is not None
        ]
        if len(found) > 1:
            raise invalid()
        return found[0] if found else None

    def _note(self, level: int) -> None:
        """Note on the queries up to that level that their rows depend on those around."""
        for scope, _ in zip(self._outwards(), range(level), strict=False):
            scope.correlated = True
            if scope.outer is not None and scope.outer.groups is not None:
                raise Unsimulated("a subquery over the rows of a group in SuiteQL")

    def _outwards(self) -> "Iterator[Scope]":
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def _missing(self, name: str, alias: str) -> Exception:
        reachable = [source for scope in self._outwards() for source in scope.sources]
        for source in reachable:
            if alias in ("", source.alias) and name in source.unkept:
                return Unsimulated(f"the SuiteQL column {source.table}.{name}")
        known = {source.alias: source.table for source in reachable}
        return unknown_column(name if alias in ("", *known) else alias, known)


def _out(frame: Frame, level: int) -> Frame:
    for _ in range(level):
        if frame.outer is None:
            raise LookupError("a frame without the one around it")
        frame = frame.outer
    return frame

"""FROM: tables, subqueries and how they are joined, made into the combinations of their rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.catalogue import NUMBER, TABLES, TEXT, UNKEPT, UNKEPT_TABLES
from greenroom.simulators.netsuite.suiteql.conditions import Conditions, conjuncts
from greenroom.simulators.netsuite.suiteql.expressions import Planner, size, unbuilt
from greenroom.simulators.netsuite.suiteql.frame import Frame, Query, Row, Test
from greenroom.simulators.netsuite.suiteql.refusal import invalid, unknown_table
from greenroom.simulators.netsuite.suiteql.scope import Scope, Source

Rows = tuple[Row, ...]
"""One row of each table so far."""


_PAIR = 4
"""Steps that two rows take which are put together."""


@dataclass
class Step:
    """How one table joins those before it: ``LEFT``, ``RIGHT``, ``FULL`` or neither, and which rows match.

    ``keys`` are the places of two columns that must be equal, the first in a table before: they save looking at all.
    """

    source: Source
    side: str = ""
    test: Test | None = None
    cost: int = 1
    keys: tuple[tuple[int, int], int] | None = None


def source(node: exp.Expr, query: Query, scope: Scope, plan: Planner) -> Source:
    """Return what stands in FROM: a table of the catalogue, or a subquery.

    Raises:
        InvalidParameter: NetSuite has no such table.
        Unsimulated: the fake has not.

    """
    if isinstance(node, exp.Subquery):
        return _derived(node, scope, plan)
    if not isinstance(node, exp.Table) or not isinstance(node.this, exp.Identifier):
        raise unbuilt(node)
    if any(found for name, found in node.args.items() if name not in ("this", "alias")):
        raise invalid()
    name = node.name.lower()
    if name in UNKEPT_TABLES:
        raise Unsimulated(f"the SuiteQL table {name}")
    if name not in TABLES:
        raise unknown_table(node.name)
    alias = (node.alias or node.name).lower()
    return Source(alias, name, TABLES[name], lambda _: list(query.table(name)), UNKEPT[name])


def _derived(node: exp.Subquery, scope: Scope, plan: Planner) -> Source:
    if any(found for name, found in node.args.items() if name not in ("this", "alias")):
        raise Unsimulated("what stands behind a subquery in SuiteQL")
    if isinstance(node.this, exp.Table):
        raise Unsimulated("joins in parentheses in SuiteQL")
    inner = Scope(outer=scope.outer)
    made = plan(node.this, inner)
    scope.correlated = scope.correlated or inner.correlated
    return Source(node.alias.lower(), "", made.columns, made.rows)


class Joins:
    """The FROM of one query; ``where`` is left with the conditions that do not join by ``(+)``."""

    def __init__(self, select: exp.Select, query: Query, scope: Scope, plan: Planner) -> None:
        self.query = query
        self.scope = scope
        self.made = Conditions(query, scope, plan)
        self.where = conjuncts(select.args["where"].this) if select.args.get("where") else []
        self.steps: list[Step] = []
        self._add(Step(source(select.args["from_"].this, query, scope, plan)))
        joins = select.args.get("joins") or []
        self._check_styles(joins)
        for join in joins:
            self._join(join, source(join.this, query, scope, plan))
        self._take_marked()
        for at, step in enumerate(self.steps):
            step.keys = step.keys or (None if step.side else self._keys(self.where, at))

    def rows(self, outer: Frame | None) -> list[Rows]:
        """Return the combinations of rows."""
        found: list[Rows] = [()]
        for step in self.steps:
            found = self._combined(found, step, outer)
        return found

    def nulls(self, count: int | None = None) -> Rows:
        """Return the rows of NULL of the first tables."""
        return tuple((None,) * len(step.source.columns) for step in self.steps[:count])

    def _add(self, step: Step) -> None:
        self.scope.add(step.source)
        self.steps.append(step)

    @staticmethod
    def _check_styles(joins: Sequence[exp.Join]) -> None:
        """Refuse both styles of joins in one query: online help article_0824094533."""
        if len({_is_listed(join) for join in joins}) > 1:
            raise invalid()

    def _join(self, join: exp.Join, joined: Source) -> None:
        if join.args.get("using") or join.args.get("method"):
            raise Unsimulated("USING and NATURAL joins in SuiteQL")
        side, kind, on = (join.side or "").upper(), (join.kind or "").upper(), join.args.get("on")
        if side not in ("", "LEFT", "RIGHT", "FULL") or kind not in ("", "INNER", "OUTER", "CROSS"):
            raise invalid()
        if (on is None) != (kind == "CROSS" or _is_listed(join)):
            raise invalid()
        step = Step(joined, side)
        self._add(step)
        if on is not None:
            step.test, step.cost = self.made.test(on), size(on)
            step.keys = self._keys(conjuncts(on), len(self.steps) - 1)

    def _take_marked(self) -> None:
        """Turn conditions with ``(+)`` into left joins."""
        marked = defaultdict(list)
        for condition in list(self.where):
            if any(column.args.get("join_mark") for column in condition.find_all(exp.Column)):
                self.where.remove(condition)
                marked[self._optional(condition)].append(condition)
        for at, conditions in marked.items():
            together = exp.and_(*conditions, copy=True, wrap=True)
            self.steps[at].side, self.steps[at].keys = "LEFT", self._keys(conditions, at)
            self.steps[at].test, self.steps[at].cost = self.made.test(together), size(together)

    def _optional(self, condition: exp.Expr) -> int:
        """Return the table that a condition with ``(+)`` makes optional.

        Raises:
            InvalidParameter: it makes an earlier one optional (online help article_0824094533), or several.

        """
        if not isinstance(condition, exp.EQ | exp.NEQ | exp.GT | exp.GTE | exp.LT | exp.LTE):
            raise Unsimulated("(+) elsewhere than in a comparison in SuiteQL")
        columns = list(condition.find_all(exp.Column))
        optional = {self.scope.place(column).source for column in columns if column.args.get("join_mark")}
        others = {self.scope.place(column).source for column in columns if not column.args.get("join_mark")}
        if len(optional) != 1 or any(other >= min(optional) for other in others):
            raise invalid()
        return optional.pop()

    def _keys(self, conditions: Iterable[exp.Expr], at: int) -> tuple[tuple[int, int], int] | None:
        for condition in conditions:
            left, right = (condition.left, condition.right) if isinstance(condition, exp.EQ) else (None, None)
            if isinstance(left, exp.Column) and isinstance(right, exp.Column):
                found = self._equal(left, right, at)
                if found:
                    return found
        return None

    def _equal(self, left: exp.Column, right: exp.Column, at: int) -> tuple[tuple[int, int], int] | None:
        if any(not each.table and each.name.lower() == "rownum" for each in (left, right)):
            return None
        one, other = self.scope.place(left), self.scope.place(right)
        if one.source == at:
            one, other = other, one
        fits = one.level == other.level == 0 and one.source < at == other.source
        if not fits or one.column.kind != other.column.kind or one.column.kind not in (NUMBER, TEXT):
            return None
        return (one.source, one.index), other.index

    def _combined(self, found: list[Rows], step: Step, outer: Frame | None) -> list[Rows]:
        rows = list(enumerate(step.source.rows(outer)))
        index = _indexed(rows, step)
        combined: list[Rows] = []
        matched: set[int] = set()
        every = step.test is None and not step.side
        for before in found:
            candidates = rows if index is None or step.keys is None else index[before[step.keys[0][0]][step.keys[0][1]]]
            self.query.budget.spend(1 + (step.cost + _PAIR) * len(candidates))
            if every:
                combined.extend((*before, row) for _, row in candidates)
                continue
            hits = [(at, (*before, row)) for at, row in candidates if _holds(step, (*before, row), outer)]
            combined.extend(rows for _, rows in hits)
            matched.update(at for at, _ in hits)
            if not hits and step.side in ("LEFT", "FULL"):
                combined.append((*before, (None,) * len(step.source.columns)))
        if step.side in ("RIGHT", "FULL"):
            nothing = self.nulls(self.steps.index(step))
            combined.extend((*nothing, row) for at, row in rows if at not in matched)
        return combined


def _indexed(rows: list[tuple[int, Row]], step: Step) -> defaultdict[object, list[tuple[int, Row]]] | None:
    if step.keys is None:
        return None
    index: defaultdict[object, list[tuple[int, Row]]] = defaultdict(list)
    for at, row in rows:
        if row[step.keys[1]] is not None:
            index[row[step.keys[1]]].append((at, row))
    return index


def _holds(step: Step, rows: Rows, outer: Frame | None) -> bool:
    return step.test is None or step.test(Frame(rows, outer)) is True


def _is_listed(join: exp.Join) -> bool:
    """Tell whether a table is joined by a comma."""
    return not any(join.args.get(name) for name in ("on", "using", "method", "side", "kind"))

"""Running queries: FROM, WHERE, GROUP BY, HAVING, SELECT, ORDER BY, and how many rows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql import aggregates, ordering
from greenroom.simulators.netsuite.suiteql.catalogue import Column
from greenroom.simulators.netsuite.suiteql.conditions import Conditions, refuse_marks
from greenroom.simulators.netsuite.suiteql.expressions import GROUPINGS, Plan, size, unbuilt
from greenroom.simulators.netsuite.suiteql.frame import Frame, Query, Row, Test, Value
from greenroom.simulators.netsuite.suiteql.joins import Joins
from greenroom.simulators.netsuite.suiteql.ordering import Output
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.scope import Scope

_PARTS = (
    "distinct", "expressions", "from_", "group", "having", "joins", "limit", "offset", "order", "where",
)  # fmt: skip
_SET_PARTS = ("distinct", "expression", "limit", "offset", "order", "this")
_UNBUILT_PARTS = {"connect": "CONNECT BY", "hint": "hints", "locks": "FOR UPDATE", "sample": "SAMPLE", "with_": "WITH"}


def plan(query: Query, node: exp.Expr, scope: Scope) -> Plan:
    """Make a plan of a query.

    Raises:
        InvalidParameter: it is no SuiteQL.
        Unsimulated: it is not built.

    """
    while isinstance(node, exp.Subquery | exp.Paren):
        _check_parts(node, ("this",))
        node = node.this
    if isinstance(node, exp.Select):
        return Select(query, node, scope)
    if isinstance(node, exp.SetOperation):
        return Combined(query, node, scope)
    raise unbuilt(node)


def _check_parts(node: exp.Expr, known: Sequence[str]) -> None:
    for name, found in node.args.items():
        if found and name not in known:
            raise Unsimulated(f"{_UNBUILT_PARTS[name]} in SuiteQL") if name in _UNBUILT_PARTS else invalid()


class Once(ABC):
    """A query whose rows are worked out once, if they do not depend on the query around."""

    def __init__(self, query: Query, scope: Scope) -> None:
        self.query = query
        self.scope = scope
        self._found: list[Row] | None = None

    def rows(self, outer: Frame | None) -> list[Row]:
        """Run it."""
        if self.scope.correlated:
            return self.run(outer)
        if self._found is None:
            self._found = self.run(outer)
        return self._found

    @abstractmethod
    def run(self, outer: Frame | None) -> list[Row]:
        """Work the rows out."""

    def plan(self, node: exp.Expr, scope: Scope) -> Plan:
        """Make a plan of a query within this one."""
        return plan(self.query, node, scope)


class Select(Once):
    """One SELECT."""

    def __init__(self, query: Query, node: exp.Select, scope: Scope) -> None:
        super().__init__(query, scope)
        _check_parts(node, _PARTS)
        if not node.args.get("from_"):
            raise invalid()
        self.node = node
        self.joins = Joins(node, query, scope, self.plan)
        self.made = Conditions(query, scope, self.plan)
        self.tests, self.cost = self._where()
        self.keys = self._group()
        self.outputs = list(self._outputs())
        self.columns = tuple(output.column for output in self.outputs)
        self.having = self.made.test(node.args["having"].this) if node.args.get("having") else None
        self.distinct = self._distinct()
        self.order = self._order()
        self.bounds = ordering.bounds(node, self.made)

    def run(self, outer: Frame | None) -> list[Row]:
        """Work the rows out."""
        frames = self._grouped(list(self._frames(outer)), outer)
        self.query.budget.spend(sum(size(output.node) for output in self.outputs) * len(frames))
        pairs = [(tuple(output.run(frame) for output in self.outputs), frame) for frame in frames]
        rows = [row for row, _ in ordering.ordered(pairs, self.order, self.query)]
        return self.bounds.of(list(dict.fromkeys(rows)) if self.distinct else rows)

    def _where(self) -> tuple[list[Test], int]:
        for condition in self.joins.where:
            refuse_marks(condition)
        return [self.made.test(each) for each in self.joins.where], 1 + sum(map(size, self.joins.where))

    def _frames(self, outer: Frame | None) -> Iterator[Frame]:
        """Return what WHERE leaves; ROWNUM counts that."""
        number = 1
        for rows in self.joins.rows(outer):
            self.query.budget.spend(self.cost)
            frame = Frame(rows, outer, number)
            if all(test(frame) for test in self.tests):
                number += 1
                yield frame

    def _group(self) -> list[Callable[[Frame], Value]] | None:
        """Make the functions of GROUP BY; from here on, columns are those of groups."""
        group = self.node.args.get("group")
        worked = [*self.node.expressions, self.node.args.get("having"), self.node.args.get("order")]
        if (
            not group
            and not self.node.args.get("having")
            and not any(each and aggregates.named(each) for each in worked)
        ):
            return None
        if group and any(found for name, found in group.args.items() if name != "expressions"):
            raise Unsimulated(f"{GROUPINGS} in SuiteQL")
        nodes = group.expressions if group else []
        if any(isinstance(node, exp.Literal) for node in nodes):
            raise Unsimulated("GROUP BY a number in SuiteQL")
        runs = [self.made.value(node) for node in nodes]
        self.scope.groups = {self.made.fingerprint(node): at for at, node in enumerate(nodes)}
        return runs

    def _grouped(self, frames: list[Frame], outer: Frame | None) -> list[Frame]:
        if self.keys is None:
            return frames
        groups: dict[tuple[Value, ...], list[Frame]] = {} if self.keys else {(): []}
        for frame in frames:
            groups.setdefault(tuple(key(frame) for key in self.keys), []).append(frame)
        found = [self._of(key, members, outer) for key, members in groups.items()]
        return [frame for frame in found if self.having is None or self.having(frame)]

    def _of(self, key: tuple[Value, ...], members: list[Frame], outer: Frame | None) -> Frame:
        rows = members[0].rows if members else self.joins.nulls()
        return Frame(rows, outer, keys=key, members=members)

    def _distinct(self) -> bool:
        distinct = self.node.args.get("distinct")
        if distinct and distinct.args.get("on"):
            raise invalid()
        return bool(distinct)

    def _order(self) -> list[ordering.Key]:
        node = self.node.args.get("order")
        if self.keys is not None:
            ordering.refuse_aliases(node, self.outputs)
        return ordering.keys(node, self.columns, ordering.by_output(self.outputs, self.made, distinct=self.distinct))

    def _outputs(self) -> Iterator[Output]:
        unnamed = 0
        for node in self.node.expressions:
            if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
                yield from self._star(node)
                continue
            bare = node.unalias()
            if not isinstance(node, exp.Alias | exp.Column):
                unnamed += 1
            name = node.alias_or_name.lower() if isinstance(node, exp.Alias | exp.Column) else f"expr{unnamed}"
            yield Output(self._column(name, bare), self.made.value(bare), bare, isinstance(node, exp.Alias))

    def _star(self, node: exp.Expr) -> Iterator[Output]:
        if any(node.args.get(name) for name in ("except_", "replace", "rename")):
            raise invalid()
        alias = node.args["table"].name.lower() if isinstance(node, exp.Column) else ""
        sources = [source for source in self.scope.sources if alias in ("", source.alias)]
        if not sources:
            raise invalid()
        for source in sources:
            for column in source.columns:
                bare = exp.column(column.name, table=source.alias, quoted=True)
                yield Output(column, self.made.value(bare), bare)

    def _column(self, name: str, node: exp.Expr) -> Column:
        """Return what a column is, of the same kind and with the same display text where it is a table's."""
        if isinstance(node, exp.Column) and (
            node.table or node.name.lower() not in ("rownum", "sysdate", "current_date")
        ):
            known = self.scope.place(node).column
            return Column(name, known.kind, known.shows)
        return Column(name, "")


class Combined(Once):
    """UNION, UNION ALL, INTERSECT and MINUS."""

    def __init__(self, query: Query, node: exp.SetOperation, scope: Scope) -> None:
        super().__init__(query, scope)
        _check_parts(node, _SET_PARTS)
        scopes = [Scope(outer=scope.outer), Scope(outer=scope.outer)]
        self.left = plan(query, node.left, scopes[0])
        self.right = plan(query, node.right, scopes[1])
        scope.correlated = any(each.correlated for each in scopes)
        if len(self.left.columns) != len(self.right.columns):
            raise invalid()
        self.columns = self.left.columns
        self.combine = _COMBINED[type(node)]
        self.all = not node.args.get("distinct")
        self.order = ordering.keys(node.args.get("order"), self.columns, _no_expression)
        self.bounds = ordering.bounds(node, Conditions(query, Scope(), self.plan))

    def run(self, outer: Frame | None) -> list[Row]:
        """Work the rows out."""
        left, right = self.left.rows(outer), self.right.rows(outer)
        self.query.budget.spend(len(left) + len(right))
        rows = [*left, *right] if self.all else self.combine(left, right)
        pairs = ordering.ordered([(row, Frame(())) for row in rows], self.order, self.query)
        return self.bounds.of([row for row, _ in pairs])


def _no_expression(_: exp.Expr) -> Callable[[Frame], Value]:
    raise invalid()


def _less(left: list[Row], right: list[Row]) -> list[Row]:
    gone = set(right)
    return [row for row in dict.fromkeys(left) if row not in gone]


def _both(left: list[Row], right: list[Row]) -> list[Row]:
    kept = set(right)
    return [row for row in dict.fromkeys(left) if row in kept]


_COMBINED: Mapping[type[exp.Expr], Callable[[list[Row], list[Row]], list[Row]]] = {
    exp.Union: lambda left, right: list(dict.fromkeys([*left, *right])),
    exp.Except: _less,
    exp.Intersect: _both,
}

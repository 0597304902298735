"""Expressions, made into functions of a frame of rows. What is not named here is no SuiteQL, or is said aloud."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.schema import ENUMS
from greenroom.simulators.netsuite.suiteql import aggregates, dates, functions
from greenroom.simulators.netsuite.suiteql.catalogue import PERSON, Column
from greenroom.simulators.netsuite.suiteql.frame import Frame, Query, Row, Run, Test, Value
from greenroom.simulators.netsuite.suiteql.numbers import add, divide, given
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.scope import Scope
from greenroom.simulators.netsuite.suiteql.texts import joined
from greenroom.simulators.netsuite.suiteql.values import NUMBERS, calculated, check_times, decimal, kept, number, order

GROUPINGS = "ROLLUP, CUBE and GROUPING SETS"
UNBUILT: Mapping[type[exp.Expr], str] = {
    exp.Window: "window functions",
    exp.WithinGroup: "WITHIN GROUP",
    exp.Cast: "CAST",
    exp.Extract: "EXTRACT",
    exp.Trim: "TRIM",
    exp.Any: "ANY",
    exp.All: "ALL",
    exp.Tuple: "lists of values",
    exp.Rollup: GROUPINGS,
    exp.Cube: GROUPINGS,
    exp.GroupingSets: GROUPINGS,
    exp.Interval: "INTERVAL",
}


_PARTS: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.Anonymous: frozenset(("this", "expressions")),
    exp.Between: frozenset(("this", "low", "high")),
    exp.Case: frozenset(("this", "ifs", "default")),
    exp.Column: frozenset(("this", "table", "join_mark")),
    exp.DPipe: frozenset(("this", "expression", "safe")),
    exp.Div: frozenset(("this", "expression", "typed", "safe")),
    exp.In: frozenset(("this", "expressions", "query")),
    exp.Like: frozenset(("this", "expression", "negate")),
    exp.Literal: frozenset(("this", "is_string")),
}
"""What a parsed expression may hold, where that is more than two sides."""
_SIDES = frozenset(("this", "expression"))


class Plan(Protocol):
    """A query that can be run: its columns, and its rows within a frame of the query around."""

    columns: tuple[Column, ...]

    def rows(self, outer: Frame | None) -> list[Row]:
        """Run it."""
        ...


Planner = Callable[[exp.Expr, Scope], Plan]
"""Makes a plan of a query, in a scope of its own."""


class Expressions(ABC):
    """Makes functions of expressions in one scope; ``inside`` an aggregate, columns are those of its rows."""

    def __init__(self, query: Query, scope: Scope, plan: Planner, *, inside: bool = False) -> None:
        self.query = query
        self.scope = scope
        self.plan = plan
        self.inside = inside

    @abstractmethod
    def test(self, node: exp.Expr) -> Test:
        """Make a function of a condition."""

    def value(self, node: exp.Expr) -> Run:
        """Make a function of an expression.

        Raises:
            InvalidParameter: it is no SuiteQL.
            Unsimulated: it is not built.

        """
        group = self._group(node)
        if group is not None:
            return lambda frame: frame.keys[group]
        make = _MAKERS.get(type(node))
        if make is None:
            raise unbuilt(node)
        check_parts(node)
        return make(self, node)

    def subquery(self, node: exp.Expr) -> Plan:
        """Make a plan of a subquery."""
        return self.plan(node, Scope(outer=self.scope))

    def fingerprint(self, node: exp.Expr) -> str:
        """Return a text that is the same for expressions that mean the same."""
        copy = node.copy()
        for column in list(copy.find_all(exp.Column)):
            if column.name.lower() not in _PSEUDO:
                place = self.scope.place(column)
                column.set("table", None)
                column.set("this", exp.to_identifier(f"{place.level}_{place.source}_{place.index}", quoted=True))
        for call in copy.find_all(exp.Anonymous):
            call.set("this", str(call.this).upper())
        return copy.sql("oracle")

    def _group(self, node: exp.Expr) -> int | None:
        groups = self.scope.groups
        if not groups or self.inside or isinstance(node, exp.Literal | exp.Query):
            return None
        self.query.budget.spend(size(node))
        return groups.get(self.fingerprint(node))

    def _column(self, node: exp.Column) -> Run:
        name = node.name.lower()
        if not node.table and name in _PSEUDO:
            if name == "rownum" and self.scope.groups is not None and not self.inside:
                raise Unsimulated("ROWNUM of a group in SuiteQL")
            return _PSEUDO[name](self.query)
        place = self.scope.place(node)
        if place.level == 0 and self.scope.groups is not None and not self.inside:
            raise invalid()  # neither grouped by nor aggregated
        return place.run()

    def _literal(self, node: exp.Literal) -> Run:
        value = kept(str(node.this)) if node.is_string else number(str(node.this))
        return lambda _: value

    def _parameter(self, node: exp.Placeholder) -> Run:
        if node.name not in self.query.params:
            raise invalid()
        value = self.query.params[node.name]
        return lambda _: value

    def _negative(self, node: exp.Neg) -> Run:
        run = self.value(node.this)
        return lambda frame: None if (value := run(frame)) is None else -given(value)

    def _arithmetic(self, node: exp.Binary) -> Run:
        one, other, work = self.value(node.left), self.value(node.right), _ARITHMETIC[type(node)]

        def run(frame: Frame) -> Value:
            first, second = one(frame), other(frame)
            return None if first is None or second is None else work(first, second)

        return run

    def _joined(self, node: exp.DPipe) -> Run:
        one, other = self.value(node.left), self.value(node.right)
        return lambda frame: joined(self.query, one(frame), other(frame))

    def _case(self, node: exp.Case) -> Run:
        tests = [self._when(node, branch) for branch in node.args["ifs"]]
        results = [self.value(branch.args["true"]) for branch in node.args["ifs"]]
        default = self.value(node.args["default"]) if node.args.get("default") else None

        def run(frame: Frame) -> Value:
            for test, result in zip(tests, results, strict=True):
                if test(frame):
                    return result(frame)
            return default(frame) if default else None

        return run

    def _when(self, node: exp.Case, branch: exp.If) -> Test:
        if node.this is None:
            return self.test(branch.this)
        return self.test(exp.EQ(this=node.this.copy(), expression=branch.this.copy()))

    def _scalar(self, node: exp.Subquery) -> Run:
        made = self.subquery(node)
        if len(made.columns) != 1:
            raise invalid()

        def run(frame: Frame) -> Value:
            found = made.rows(frame)
            if len(found) > 1:
                raise invalid()
            return found[0][0] if found else None

        return run

    def _dot(self, node: exp.Dot) -> Run:
        call = node.expression
        if node.this.name.upper() != "BUILTIN" or not isinstance(call, exp.Anonymous):
            raise invalid()
        functions.builtin(str(call.this).upper())
        if len(call.expressions) != 1:
            raise invalid()
        return self._display(call.expressions[0])

    def _display(self, node: exp.Expr) -> Run:
        """Make a function of BUILTIN.DF: the text that people see for an id."""
        shows = self.scope.place(node).column.shows if isinstance(node, exp.Column) else None
        if shows is None:
            raise Unsimulated("BUILTIN.DF of what is neither an entity nor a choice")
        run = self.value(node)
        if shows == PERSON:
            return lambda frame: None if (key := run(frame)) is None else self.query.display(str(key))
        return lambda frame: None if (key := run(frame)) is None else ENUMS[shows][str(key)]

    def _call(self, node: exp.Anonymous) -> Run:
        name = str(node.this).upper()
        if name in aggregates.AGGREGATES:
            return self._aggregate(name, node)
        if any(isinstance(argument, exp.Star | exp.Distinct) for argument in node.expressions):
            raise invalid()
        if name in _SPECIAL:
            return _SPECIAL[name](self, node.expressions)
        function = functions.function(name, len(node.expressions))
        arguments = [self.value(argument) for argument in node.expressions]
        return lambda frame: function(self.query, [argument(frame) for argument in arguments])

    def _aggregate(self, name: str, node: exp.Anonymous) -> Run:
        if self.scope.groups is None or self.inside:
            raise invalid()  # in WHERE, or in another one
        inner = type(self)(self.query, self.scope, self.plan, inside=True)
        work, argument, distinct = aggregates.read(name, node)
        run = inner.value(argument) if argument is not None else None
        return lambda frame: aggregates.over(self.query, frame.members, run, work, distinct=distinct)

    def _decode(self, arguments: list[exp.Expr]) -> Run:
        if len(arguments) < 3:
            raise invalid()
        subject, *runs = (self.value(argument) for argument in arguments)
        default = runs.pop() if len(runs) % 2 else None
        pairs = list(zip(runs[::2], runs[1::2], strict=True))

        def run(frame: Frame) -> Value:
            value = subject(frame)
            for search, result in pairs:
                if self._same(value, search(frame)):
                    return result(frame)
            return default(frame) if default else None

        return run

    def _same(self, one: Value, other: Value) -> bool:
        """Tell whether two values are the same; so is NULL to DECODE."""
        return one is other or order(one, other, self.query.formats) == 0

    def _coalesce(self, arguments: list[exp.Expr]) -> Run:
        if not arguments:
            raise invalid()
        runs = [self.value(argument) for argument in arguments]
        return lambda frame: next((found for run in runs if (found := run(frame)) is not None), None)

    def _nvl(self, arguments: list[exp.Expr]) -> Run:
        if len(arguments) != 2:
            raise invalid()
        return self._coalesce(arguments)

    def _nvl2(self, arguments: list[exp.Expr]) -> Run:
        if len(arguments) != 3:
            raise invalid()
        subject, present, absent = (self.value(argument) for argument in arguments)
        return lambda frame: absent(frame) if subject(frame) is None else present(frame)

    def _nullif(self, arguments: list[exp.Expr]) -> Run:
        if len(arguments) != 2:
            raise invalid()
        one, other = (self.value(argument) for argument in arguments)

        def run(frame: Frame) -> Value:
            value = one(frame)
            return None if order(value, other(frame), self.query.formats) == 0 else value

        return run


def check_parts(node: exp.Expr) -> None:
    """Refuse an expression that holds more than is looked at.

    Raises:
        InvalidParameter: it does.

    """
    known = _PARTS.get(type(node), _SIDES)
    if any(found and name not in known for name, found in node.args.items()):
        raise invalid()


def size(node: exp.Expr | None) -> int:
    """Return how many parts an expression has."""
    return 0 if node is None else sum(1 for _ in node.walk())


def unbuilt(node: exp.Expr) -> Exception:
    """Return how an expression is refused that the fake does not run: aloud if it may be SuiteQL."""
    if type(node) in UNBUILT:
        return Unsimulated(f"{UNBUILT[type(node)]} in SuiteQL")
    return invalid()


def _plus(one: Value, other: Value) -> Value:
    if isinstance(one, datetime):
        return dates.shifted(one, _count(other), 1)
    if isinstance(other, datetime):
        return dates.shifted(other, _count(one), 1)
    return add(given(one), given(other))


def _minus(one: Value, other: Value) -> Value:
    if isinstance(one, datetime) and isinstance(other, datetime):
        check_times(one, other)
        return dates.difference(one, other)
    if isinstance(one, datetime):
        return dates.shifted(one, _count(other), -1)
    return calculated(given(one) - given(other))


def _count(value: Value) -> int | Decimal:
    found = number(value)
    return 0 if found is None else found


_ARITHMETIC: Mapping[type[exp.Expr], Callable[[Value, Value], Value]] = {
    exp.Add: _plus,
    exp.Sub: _minus,
    exp.Mul: lambda one, other: calculated(NUMBERS.multiply(given(one), decimal(given(other)))),
    exp.Div: lambda one, other: divide(given(one), given(other)),
}
_PSEUDO: Mapping[str, Callable[[Query], Run]] = {
    "rownum": lambda _: lambda frame: frame.number,
    "sysdate": lambda query: lambda _: query.now,
    "current_date": lambda query: lambda _: query.now,
}
_SPECIAL: Mapping[str, Callable[[Any, list[exp.Expr]], Run]] = {
    "DECODE": Expressions._decode,  # noqa: SLF001 - the table of this class
    "COALESCE": Expressions._coalesce,  # noqa: SLF001
    "NVL": Expressions._nvl,  # noqa: SLF001
    "NVL2": Expressions._nvl2,  # noqa: SLF001
    "NULLIF": Expressions._nullif,  # noqa: SLF001
}
_MAKERS: Mapping[type[exp.Expr], Callable[[Any, Any], Run]] = {
    exp.Anonymous: Expressions._call,  # noqa: SLF001
    exp.Case: Expressions._case,  # noqa: SLF001
    exp.Column: Expressions._column,  # noqa: SLF001
    exp.Dot: Expressions._dot,  # noqa: SLF001
    exp.DPipe: Expressions._joined,  # noqa: SLF001
    exp.Literal: Expressions._literal,  # noqa: SLF001
    exp.Neg: Expressions._negative,  # noqa: SLF001
    exp.Null: lambda *_: lambda _: None,
    exp.Paren: lambda made, node: made.value(node.this),
    exp.Placeholder: Expressions._parameter,  # noqa: SLF001
    exp.Subquery: Expressions._scalar,  # noqa: SLF001
    **dict.fromkeys(_ARITHMETIC, Expressions._arithmetic),  # noqa: SLF001
}

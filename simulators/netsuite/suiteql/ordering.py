"""ORDER BY, and how many rows of the whole are wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql import aggregates
from greenroom.simulators.netsuite.suiteql.catalogue import Column
from greenroom.simulators.netsuite.suiteql.expressions import Expressions
from greenroom.simulators.netsuite.suiteql.frame import Frame, Query, Row, Run, Value
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.values import number, order


@dataclass(frozen=True)
class Output:
    """One column of a query's rows: what it is made by; ``alias``: it has a name that the query gave."""

    column: Column
    run: Run
    node: exp.Expr
    alias: bool = False


Pair = tuple[Row, Frame]


@dataclass(frozen=True)
class Key:
    """What rows are ordered by."""

    run: Callable[[Pair], Value]
    falling: bool
    nulls_first: bool


def keys(node: exp.Order | None, columns: Sequence[Column], by_expression: Callable[[exp.Expr], Run]) -> list[Key]:
    """Return what ORDER BY says: numbers and names of columns, or expressions."""
    return [] if node is None else [_key(each, columns, by_expression) for each in node.expressions]


def _key(node: exp.Ordered, columns: Sequence[Column], by_expression: Callable[[exp.Expr], Run]) -> Key:
    falling, first = bool(node.args.get("desc")), bool(node.args.get("nulls_first"))
    at = _position(node.this, columns)
    if at is not None:
        return Key(lambda pair: pair[0][at], falling, first)
    run = by_expression(node.this)
    return Key(lambda pair: run(pair[1]), falling, first)


def _position(node: exp.Expr, columns: Sequence[Column]) -> int | None:
    if isinstance(node, exp.Literal):
        at = number(node.this)
        if node.is_string or at is None or at != int(at) or not 1 <= at <= len(columns):
            raise invalid()
        return int(at) - 1
    if not isinstance(node, exp.Column) or node.table:
        return None
    return next((at for at, column in enumerate(columns) if column.name == node.name.lower()), None)


def by_output(outputs: Sequence[Output], made: Expressions, *, distinct: bool) -> Callable[[exp.Expr], Run]:
    """Return the function that makes an ORDER BY expression; of distinct rows it must be one of theirs.

    Raises:
        InvalidParameter: it is not.

    """
    known = {made.fingerprint(output.node) for output in outputs} if distinct else set()

    def run(node: exp.Expr) -> Run:
        if distinct and made.fingerprint(node) not in known:
            raise invalid()
        return made.value(node)

    return run


def refuse_aliases(node: exp.Order | None, outputs: Sequence[Output]) -> None:
    """Refuse ordering by the alias of an aggregate: NetSuite was once seen to refuse it.

    Raises:
        Unsimulated: a query does.

    """
    worked = {output.column.name for output in outputs if output.alias and aggregates.named(output.node)}
    for each in node.expressions if node else ():
        if isinstance(each.this, exp.Column) and not each.this.table and each.this.name.lower() in worked:
            raise Unsimulated("ORDER BY the alias of an aggregate in SuiteQL")


def ordered(pairs: list[Pair], found: Sequence[Key], query: Query) -> list[Pair]:
    """Order rows."""

    def compare(one: tuple[Value, Pair], other: tuple[Value, Pair]) -> int:
        return order(one[0], other[0], query.formats) or 0

    for key in reversed(found):
        query.budget.spend(4 * len(pairs))
        values = [(key.run(pair), pair) for pair in pairs]
        some = [each for each in values if each[0] is not None]
        some.sort(key=cmp_to_key(compare), reverse=key.falling)
        none = [pair for value, pair in values if value is None]
        there = [pair for _, pair in some]
        pairs = none + there if key.nulls_first else there + none
    return pairs


@dataclass(frozen=True)
class Bounds:
    """Which rows of the whole are wanted."""

    offset: int = 0
    count: int | None = None

    def of(self, rows: list[Row]) -> list[Row]:
        """Return them."""
        return rows[self.offset :][: self.count]


def bounds(node: exp.Expr, made: Expressions) -> Bounds:
    """Return what TOP, or OFFSET and FETCH, say.

    Raises:
        InvalidParameter: no number of rows.
        Unsimulated: a share of the rows, or those that are equal to the last one.

    """
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if isinstance(limit, exp.Fetch):
        options = limit.args.get("limit_options")
        if options and (options.args.get("percent") or options.args.get("with_ties")):
            raise Unsimulated("PERCENT and WITH TIES in SuiteQL")
    count = limit.args.get("count") or limit.args.get("expression") if limit else None
    if limit is not None and count is None:
        count = exp.Literal.number(1)
    return Bounds(_rows(offset.expression, made) if offset else 0, None if count is None else _rows(count, made))


def _rows(node: exp.Expr, made: Expressions) -> int:
    if not isinstance(node, exp.Literal | exp.Placeholder):
        raise invalid()
    found = number(made.value(node)(Frame(())))
    if found is None or found < 0 or found != int(found):
        raise invalid()
    return int(found)

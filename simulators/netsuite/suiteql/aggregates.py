"""SuiteQL's aggregates: over the rows of a group, NULL left out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cmp_to_key

from sqlglot import exp

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.frame import Frame, Query, Run, Value
from greenroom.simulators.netsuite.suiteql.numbers import add, divide, given
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.values import order

Work = Callable[[Query, list[Value]], Value]


def _sum(_: Query, values: list[Value]) -> Value:
    total = Decimal(0)
    for value in values:
        total = add(total, given(value))
    return total if values else None


def _avg(query: Query, values: list[Value]) -> Value:
    return divide(given(_sum(query, values)), Decimal(len(values))) if values else None


def _sorted(query: Query, values: list[Value]) -> list[Value]:
    def compare(one: Value, other: Value) -> int:
        return order(one, other, query.formats) or 0

    return sorted(values, key=cmp_to_key(compare))


def _median(_: Query, values: list[Value]) -> Value:
    if any(isinstance(value, datetime) for value in values):
        raise Unsimulated("MEDIAN of dates in SuiteQL")
    found = sorted(given(value) for value in values)
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return divide(found[middle - 1] + found[middle], Decimal(2)) if found else None


AGGREGATES: Mapping[str, Work] = {
    "COUNT": lambda _, values: len(values),
    "SUM": _sum,
    "AVG": _avg,
    "MIN": lambda query, values: _sorted(query, values)[0] if values else None,
    "MAX": lambda query, values: _sorted(query, values)[-1] if values else None,
    "MEDIAN": _median,
    "APPROX_COUNT_DISTINCT": lambda _, values: len(set(values)),
}


def read(name: str, node: exp.Anonymous) -> tuple[Work, exp.Expr | None, bool]:
    """Return what an aggregate does, what it is of (None: the rows themselves) and whether equal values count once.

    Raises:
        InvalidParameter: not one argument, or a star where none may be.

    """
    arguments = node.expressions
    if len(arguments) != 1:
        raise invalid()
    argument, distinct = arguments[0], isinstance(arguments[0], exp.Distinct)
    if distinct:
        if len(argument.expressions) != 1:
            raise invalid()
        argument = argument.expressions[0]
    if isinstance(argument, exp.Star):
        if name != "COUNT" or distinct:
            raise invalid()
        return AGGREGATES[name], None, False
    return AGGREGATES[name], argument, distinct


def over(query: Query, members: Sequence[Frame], run: Run | None, work: Work, *, distinct: bool) -> Value:
    """Work an aggregate out."""
    if run is None:
        return len(members)
    query.budget.spend(len(members))
    values: list[Value] = [value for member in members if (value := run(member)) is not None]
    return work(query, list(dict.fromkeys(values)) if distinct else values)


def named(node: exp.Expr) -> bool:
    """Tell whether an expression holds an aggregate of its own query."""
    if isinstance(node, exp.Query):
        return False
    found = node.walk(prune=lambda each: isinstance(each, exp.Query))
    return any(isinstance(each, exp.Anonymous) and str(each.this).upper() in AGGREGATES for each in found)

"""A small evaluator of its own: each expression is its SuiteQL and what it is of a row, written down twice.

It shares no code with the fake and knows nothing of SQL's text: a row is a dictionary, NULL is None.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Expression:
    """The text of an expression or condition, and its value in a row (of a condition: True, False or None)."""

    sql: str
    of: Callable[[Row], Any]

    def __repr__(self) -> str:
        return self.sql


def column(name: str) -> Expression:
    return Expression(name, lambda row: row[name])


def number(value: int) -> Expression:
    return Expression(str(value) if value >= 0 else f"({value})", lambda _: value)


def text(value: str) -> Expression:
    quoted = value.replace("'", "''")
    return Expression(f"'{quoted}'", lambda _: value or None)


def day(value: date) -> Expression:
    return Expression(f"TO_DATE('{value.isoformat()}', 'YYYY-MM-DD')", lambda _: value)


NULL = Expression("NULL", lambda _: None)


def call(name: str, work: Callable[..., Any], *arguments: Expression, strict: bool = True) -> Expression:
    """Return a function of arguments: NULL of NULL, if ``strict``; an empty text is NULL."""

    def of(row: Row) -> Any:
        values = [argument.of(row) for argument in arguments]
        if strict and None in values:
            return None
        found = work(*values)
        return None if found == "" else found

    return Expression(f"{name}({', '.join(each.sql for each in arguments)})", of)


def binary(sign: str, work: Callable[[Any, Any], Any], one: Expression, other: Expression) -> Expression:
    def of(row: Row) -> Any:
        first, second = one.of(row), other.of(row)
        return None if first is None or second is None else work(first, second)

    return Expression(f"({one.sql} {sign} {other.sql})", of)


def joined(one: Expression, other: Expression) -> Expression:
    return Expression(f"({one.sql} || {other.sql})", lambda row: (one.of(row) or "") + (other.of(row) or "") or None)


def all_of(*parts: Expression) -> Expression:
    return Expression(f"({' AND '.join(each.sql for each in parts)})", lambda row: _all(each.of(row) for each in parts))


def any_of(*parts: Expression) -> Expression:
    def of(row: Row) -> bool | None:
        return inverse(_all(inverse(each.of(row)) for each in parts))

    return Expression(f"({' OR '.join(each.sql for each in parts)})", of)


def negated(part: Expression) -> Expression:
    return Expression(f"NOT ({part.sql})", lambda row: inverse(part.of(row)))


def empty(one: Expression, *, is_so: bool) -> Expression:
    return Expression(f"{one.sql} IS {'' if is_so else 'NOT '}NULL", lambda row: (one.of(row) is None) == is_so)


def listed(one: Expression, others: Iterable[Expression], *, is_so: bool) -> Expression:
    listed_ones = list(others)

    def of(row: Row) -> bool | None:
        value = one.of(row)
        equal = [None if None in (value, other) else value == other for other in (each.of(row) for each in listed_ones)]
        found = True if True in equal else None if None in equal else False
        return found if is_so else inverse(found)

    return Expression(f"{one.sql} {'' if is_so else 'NOT '}IN ({', '.join(each.sql for each in listed_ones)})", of)


def between(one: Expression, low: Expression, high: Expression, *, is_so: bool) -> Expression:
    inside = all_of(binary(">=", lambda a, b: a >= b, one, low), binary("<=", lambda a, b: a <= b, one, high))
    sql = f"{one.sql} {'' if is_so else 'NOT '}BETWEEN {low.sql} AND {high.sql}"
    return Expression(sql, lambda row: inside.of(row) if is_so else inverse(inside.of(row)))


def like(one: Expression, head: str, tail: str, *, is_so: bool) -> Expression:
    def of(row: Row) -> bool | None:
        value = one.of(row)
        if value is None:
            return None
        found = len(value) >= len(head) + len(tail) and value.startswith(head) and value.endswith(tail)
        return bool(found == is_so)

    return Expression(f"{one.sql} {'' if is_so else 'NOT '}LIKE '{head}%{tail}'", of)


def choice(test: Expression, one: Expression, other: Expression) -> Expression:
    return Expression(
        f"CASE WHEN {test.sql} THEN {one.sql} ELSE {other.sql} END",
        lambda row: one.of(row) if test.of(row) else other.of(row),
    )


def decoded(subject: Expression, search: Expression, one: Expression, other: Expression) -> Expression:
    return Expression(
        f"DECODE({subject.sql}, {search.sql}, {one.sql}, {other.sql})",
        lambda row: one.of(row) if subject.of(row) == search.of(row) else other.of(row),
    )


def inverse(held: bool | None) -> bool | None:
    return None if held is None else not held


def _all(held: Iterable[bool | None]) -> bool | None:
    found = list(held)
    return False if False in found else None if None in found else True


def shown(value: Any) -> str | None:
    """Return what a value looks like in a response: dates as M/D/YYYY."""
    if isinstance(value, date):
        return f"{value.month}/{value.day}/{value.year}"
    return None if value is None else str(value)

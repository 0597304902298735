"""SuiteQL's functions of numbers, and those that pick one of several values."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from functools import reduce

from greenroom.simulators.netsuite.suiteql.frame import Query, Value
from greenroom.simulators.netsuite.suiteql.function import Function
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.values import NUMBERS, calculated, decimal, number, order

_MOST_DIGITS = 40


def given(value: Value) -> Decimal:
    """Return an argument as a number; it is not NULL."""
    found = number(value)
    return decimal(0 if found is None else found)


def add(one: Decimal, other: Decimal) -> Decimal:
    """Add."""
    return calculated(NUMBERS.add(one, other))


def divide(one: Decimal, other: Decimal) -> Decimal:
    """Divide.

    Raises:
        InvalidParameter: by zero.

    """
    if not other:
        raise invalid()
    return NUMBERS.divide(one, other)


def rounded(value: Decimal, digits: int, rounding: str) -> Decimal:
    """Round to so many digits after the point; before it, if negative."""
    if abs(digits) > _MOST_DIGITS or value.is_zero():
        return value if digits > 0 else Decimal(0)
    scale = Decimal(1).scaleb(digits)
    return NUMBERS.multiply(value, scale).to_integral_value(rounding).scaleb(-digits)


def truncated(value: Value, digits: Value = 0) -> Decimal:
    """Cut a number off after so many digits."""
    return rounded(given(value), int(given(digits)), ROUND_DOWN)


def _mod(_: Query, value: Value, by: Value) -> Value:
    one, other = given(value), given(by)
    return NUMBERS.remainder(one, other) if other else one


def _power(_: Query, value: Value, exponent: Value) -> Value:
    try:
        return NUMBERS.power(given(value), given(exponent))
    except DecimalException:
        raise invalid() from None


def _root(_: Query, value: Value) -> Value:
    if given(value) < 0:
        raise invalid()
    return NUMBERS.sqrt(given(value))


def _greatest(query: Query, *values: Value) -> Value:
    return reduce(lambda a, b: b if (order(b, a, query.formats) or 0) > 0 else a, values)


def _least(query: Query, *values: Value) -> Value:
    return reduce(lambda a, b: b if (order(b, a, query.formats) or 0) < 0 else a, values)


FUNCTIONS: Mapping[str, Function] = {
    "ABS": Function(lambda _, value: abs(given(value))),
    "CEIL": Function(lambda _, value: given(value).to_integral_value(ROUND_CEILING)),
    "FLOOR": Function(lambda _, value: given(value).to_integral_value(ROUND_FLOOR)),
    "MOD": Function(_mod, 2, 2),
    "POWER": Function(_power, 2, 2),
    "SIGN": Function(lambda _, value: int(given(value) > 0) - int(given(value) < 0)),
    "SQRT": Function(_root),
    "ROUND": Function(lambda _, value, digits=0: rounded(given(value), int(given(digits)), ROUND_HALF_UP), 1, 2),
    "GREATEST": Function(_greatest, 1, 100),
    "LEAST": Function(_least, 1, 100),
}

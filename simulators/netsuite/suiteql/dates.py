"""SuiteQL's functions of dates."""

import calendar
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql import models
from greenroom.simulators.netsuite.suiteql.frame import Query, Value
from greenroom.simulators.netsuite.suiteql.function import Function
from greenroom.simulators.netsuite.suiteql.numbers import divide, truncated
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.texts import place, written
from greenroom.simulators.netsuite.suiteql.values import TimeOfDay, calculated, decimal, moment, text

_DAY = Decimal(86_400)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _quarter(at: datetime) -> datetime:
    return at.replace(month=(at.month - 1) // 3 * 3 + 1, day=1)


_TRUNCATIONS: Mapping[tuple[str, ...], Callable[[datetime], datetime]] = {
    ("DD", "DDD", "J"): lambda at: at,
    ("MM", "MONTH", "MON", "RM"): lambda at: at.replace(day=1),
    ("YYYY", "YEAR", "YY", "Y", "SYYYY", "SYEAR"): lambda at: at.replace(month=1, day=1),
    ("Q",): _quarter,
    ("IW",): lambda at: at - timedelta(days=at.weekday()),
    ("D", "DY", "DAY"): lambda at: at - timedelta(days=at.isoweekday() % 7),
}


def days(span: timedelta) -> Decimal:
    """Return a span of time as days."""
    return divide(Decimal(span.days * 86_400 + span.seconds), _DAY)


def later(at: datetime, count: Decimal) -> datetime:
    """Return the moment so many days later.

    Raises:
        InvalidParameter: no calendar reaches so far.

    """
    try:
        return at + timedelta(seconds=int((calculated(count) * _DAY).to_integral_value()))
    except OverflowError:
        raise invalid() from None


def _moment(query: Query, value: Value) -> datetime:
    found = moment(value, query.formats)
    if found is None:
        raise invalid()
    return found


def _to_char(query: Query, value: Value, model: Value = None) -> Value:
    if value is None or model is None:
        return text(value, query.formats)
    if not isinstance(value, datetime):
        raise Unsimulated("TO_CHAR of a number by a format in SuiteQL")
    if isinstance(value, TimeOfDay) and models.names_day(written(query, model)):
        raise Unsimulated("the day of a time of day in SuiteQL")
    return models.write(value, written(query, model))


def _to_date(query: Query, value: Value, model: Value = None) -> Value:
    if model is None:
        return moment(value, query.formats)
    if isinstance(value, datetime):  # Oracle makes a text of it first, and reads that
        return moment(text(value, query.formats), query.formats)
    return models.read(written(query, value), written(query, model), query.now)


def _trunc(query: Query, value: Value, unit: Value = None) -> Value:
    if not isinstance(value, datetime):
        return truncated(value) if unit is None else truncated(value, unit)
    if isinstance(value, TimeOfDay):
        raise Unsimulated("TRUNC of a time of day in SuiteQL")
    name = "DD" if unit is None else written(query, unit).upper()
    if name in ("HH", "HH12", "HH24", "MI"):
        return value.replace(minute=value.minute if name == "MI" else 0, second=0)
    for names, begin in _TRUNCATIONS.items():
        if name in names:
            return begin(value.replace(hour=0, minute=0, second=0))
    raise Unsimulated(f"TRUNC to {name} in SuiteQL")


def _add_months(query: Query, value: Value, count: Value) -> Value:
    at = _moment(query, value)
    year, month = divmod(at.year * 12 + at.month - 1 + place(count), 12)
    if not 1 <= year <= 9998:
        raise invalid()
    last = calendar.monthrange(year, month + 1)[1]
    is_last = at.day == calendar.monthrange(at.year, at.month)[1]
    return at.replace(year=year, month=month + 1, day=last if is_last else min(at.day, last))


def _last_day(query: Query, value: Value) -> Value:
    at = _moment(query, value)
    return at.replace(day=calendar.monthrange(at.year, at.month)[1])


def _months_between(query: Query, value: Value, other: Value) -> Value:
    one, two = _moment(query, value), _moment(query, other)
    months = Decimal((one.year - two.year) * 12 + one.month - two.month)
    lasts = [at.day == calendar.monthrange(at.year, at.month)[1] for at in (one, two)]
    if one.day == two.day or all(lasts):
        return months
    rest = days(one - one.replace(day=1, hour=0, minute=0, second=0))
    rest -= days(two - two.replace(day=1, hour=0, minute=0, second=0))
    return calculated(months + divide(rest, Decimal(31)))


def _next_day(query: Query, value: Value, name: Value) -> Value:
    at, wanted = _moment(query, value), written(query, name).lower()
    for number, day in enumerate(_WEEK):
        if wanted in (day, day[:3]):
            return at + timedelta(days=(number - at.weekday() - 1) % 7 + 1)
    raise invalid()


FUNCTIONS: Mapping[str, Function] = {
    "ADD_MONTHS": Function(_add_months, 2, 2),
    "LAST_DAY": Function(_last_day),
    "MONTHS_BETWEEN": Function(_months_between, 2, 2),
    "NEXT_DAY": Function(_next_day, 2, 2),
    "TO_CHAR": Function(_to_char, 1, 2),
    "TO_DATE": Function(_to_date, 1, 2),
    "TRUNC": Function(_trunc, 1, 2),
}


def difference(one: datetime, other: datetime) -> Decimal:
    """Return the days between two moments."""
    return days(one - other)


def shifted(at: datetime, value: int | Decimal, sign: int) -> datetime:
    """Return a moment so many days later, or earlier."""
    return later(at, decimal(value) * sign)

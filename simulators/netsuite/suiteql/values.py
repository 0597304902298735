"""SuiteQL's values, as Oracle converts and compares them; an empty text is NULL."""

from datetime import datetime
from decimal import Context, Decimal, DecimalException, Overflow
from typing import Any

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.formats import Formats
from greenroom.simulators.netsuite.suiteql.frame import Value
from greenroom.simulators.netsuite.suiteql.refusal import invalid

NUMBERS = Context(prec=40, Emax=125, Emin=-130)
"""Oracle's NUMBER: forty digits."""


class TimeOfDay(datetime):
    """A time of day: a moment of which only the time is shown."""


def number(value: Value) -> int | Decimal | None:
    """Convert to a number.

    Raises:
        InvalidParameter: it is none.

    """
    if isinstance(value, str):
        return _read_number(value)
    if isinstance(value, datetime):
        raise invalid()
    return value


def _read_number(text: str) -> Decimal:
    try:
        found = NUMBERS.create_decimal(text.strip())
    except DecimalException:
        raise invalid() from None
    if not found.is_finite() or "_" in text:
        raise invalid()
    return found


def whole(value: Value) -> int | None:
    """Convert to a whole number; the rest is cut off."""
    found = number(value)
    return None if found is None else int(found)


def text(value: Value, formats: Formats) -> str | None:
    """Convert to a text: a date in the account's format, a number without superfluous zeros."""
    if isinstance(value, TimeOfDay):
        return formats.write_time(value.time())
    if isinstance(value, datetime):
        return formats.write_date(value.date())
    if isinstance(value, int | Decimal):
        return plain(value)
    return value


def plain(value: int | Decimal) -> str:
    """Write a number as Oracle converts it to a text: ``12346``, ``.5``."""
    if isinstance(value, int):
        return str(value)
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    shown = digits[1:] if digits.startswith("0.") else digits
    return "0" if shown == "0" else sign + shown


def moment(value: Value, formats: Formats) -> datetime | None:
    """Convert to a date: a text in the account's format.

    Raises:
        InvalidParameter: it is none.

    """
    if value is None or isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise invalid()
    try:
        return datetime.combine(formats.read_date(value), datetime.min.time())
    except ValueError:
        raise invalid() from None


def order(one: Value, other: Value, formats: Formats) -> int | None:
    """Compare two values: negative, 0 or positive; None where one is NULL. Texts give way to numbers and dates.

    Raises:
        InvalidParameter: they cannot be compared.

    """
    if one is None or other is None:
        return None
    first, second = alike(one, other, formats)
    return int(first > second) - int(first < second)


def alike(one: Value, other: Value, formats: Formats) -> tuple[Any, Any]:
    """Convert two values to one kind, for comparing them."""
    kinds = {_kind(one), _kind(other)}
    check_times(one, other)
    if len(kinds) == 1:
        return one, other
    if "number" in kinds:
        return number(one), number(other)
    return moment(one, formats), moment(other, formats)


def check_times(one: Value, other: Value) -> None:
    """Let times of day meet times of day alone: of which day one is to Oracle nobody recorded.

    Raises:
        Unsimulated: one meets a date or a text.

    """
    if isinstance(one, TimeOfDay) != isinstance(other, TimeOfDay):
        raise Unsimulated("a time of day compared with something else in SuiteQL")


def _kind(value: Value) -> str:
    if isinstance(value, str):
        return "text"
    return "moment" if isinstance(value, datetime) else "number"


def calculated(value: Decimal) -> Decimal:
    """Return a number that was worked out, rounded as Oracle's are.

    Raises:
        InvalidParameter: it is too large.

    """
    try:
        return NUMBERS.plus(value)
    except Overflow:
        raise invalid() from None


def decimal(value: int | Decimal) -> Decimal:
    """Return a number as a decimal one."""
    return value if isinstance(value, Decimal) else Decimal(value)


def kept(value: Value) -> Value:
    """Return a value as a column or a function gives it: an empty text is NULL."""
    return None if value == "" else value

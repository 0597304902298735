"""NetSuite's ``q`` parameter: conditions on fields, joined by AND, OR and parentheses."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError

from greenroom.simulators.core.store import Record
from greenroom.simulators.netsuite import schema
from greenroom.simulators.netsuite.errors import InvalidParameter
from greenroom.simulators.netsuite.formats import Formats

Test = Callable[[Record], bool]
DEEPEST = 50
"""Levels of parentheses."""

_GRAMMAR = r"""
    ?either: both ("OR"i both)*             -> either
    ?both: one ("AND"i one)*                -> both
    ?one: "(" either ")" | condition
    condition: NAME OPERATOR [value]
    value: STRING | LIST | WORD
    NAME: /[A-Za-z_][A-Za-z0-9_.]*/
    OPERATOR.2: /[A-Z]+(_[A-Z]+)*/
    WORD: /[^\s()"\[\]]+/
    STRING: /"([^"\\]|\\.)*"/
    LIST: /\[[^\]]*\]/
    %import common.WS
    %ignore WS
"""
_PARSER = Lark(_GRAMMAR, start="either", parser="earley", lexer="dynamic")

_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "IS": lambda a, b: a == b,
    "CONTAIN": lambda a, b: b in a,
    "START_WITH": lambda a, b: a.startswith(b),
    "END_WITH": lambda a, b: a.endswith(b),
}
_DATE: Mapping[str, Callable[[date, date], bool]] = {
    "ON": lambda a, b: a == b,
    "AFTER": lambda a, b: a > b,
    "BEFORE": lambda a, b: a < b,
    "ON_OR_AFTER": lambda a, b: a >= b,
    "ON_OR_BEFORE": lambda a, b: a <= b,
}
_NUMBER: Mapping[str, Callable[[int, int], bool]] = {
    "EQUAL": lambda a, b: a == b,
    "GREATER": lambda a, b: a > b,
    "LESS": lambda a, b: a < b,
    "GREATER_OR_EQUAL": lambda a, b: a >= b,
    "LESS_OR_EQUAL": lambda a, b: a <= b,
}
_DATES = ("startDate", "completedDate", "createdDate", "lastModifiedDate")


class _Tests(Transformer[Token, Test]):
    """Turns the parsed query into a test of a record; dates are in an account's format."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.formats = formats

    def value(self, children: list[Token]) -> str:
        return str(children[0])

    def condition(self, children: list[Any]) -> Test:
        name, operator, value = children
        return condition(str(name), str(operator), value, self.formats)

    def both(self, tests: list[Test]) -> Test:
        return lambda record: all(test(record) for test in tests)

    def either(self, tests: list[Test]) -> Test:
        return lambda record: any(test(record) for test in tests)


def parse(text: str, formats: Formats) -> Test:
    """Read a query into a test of a record; dates in it are in the account's format.

    Raises:
        InvalidParameter: it cannot be read, or names an unknown field or operator.

    """
    try:
        _check_depth(text)
        test: Test = _Tests(formats).transform(_PARSER.parse(text))
    except (LarkError, ValueError, RecursionError) as error:
        cause = getattr(error, "orig_exc", error)
        why = f" {cause}" if isinstance(cause, ValueError) and not isinstance(cause, LarkError) else ""
        raise InvalidParameter("q", f"Invalid search query. Detailed unprocessed description follows.{why}") from None
    return test


def _check_depth(text: str) -> None:
    """Refuse what nests deeper than anybody writes: reading it, and every test of a record, recurs that deep.

    Raises:
        ValueError: it does.

    """
    depth = 0
    for mark in re.sub(r'"([^"\\]|\\.)*"', "", text):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth > DEEPEST:
            raise ValueError("Too many nested parentheses.")


def condition(field: str, operator: str, value: str | None, formats: Formats) -> Test:
    """Return the test of one condition.

    Raises:
        ValueError: an unknown field or operator, or a value that does not fit.

    """
    name = schema.NAMES.get(field.lower())
    if name is None:
        raise ValueError(f"Unknown field '{field}'.")
    negated = operator.endswith("_NOT")
    test = _plain(name, operator.removesuffix("_NOT"), unquoted(value), formats)
    return (lambda record: not test(record)) if negated else test


def unquoted(value: str | None) -> str | None:
    """Return a value without its quotation marks."""
    if value is None or not value.startswith('"'):
        return value
    return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _plain(name: str, operator: str, value: str | None, formats: Formats) -> Test:
    if operator == "EMPTY":
        return lambda record: record.get(name) in (None, "", ())
    if value is None:
        raise ValueError(f"Operator {operator} needs a value.")
    if name in _DATES and operator in _DATE:
        wanted, compare = formats.read_date(value), _DATE[operator]
        return lambda record: bool(record.get(name)) and compare(date.fromisoformat(record[name][:10]), wanted)
    if name == "id" and operator in _NUMBER:
        number, sizes = int(value), _NUMBER[operator]
        return lambda record: sizes(int(record["id"]), number)
    if operator == "ANY_OF":
        many = [unquoted(part.strip()) for part in value.strip("[]").split(",")]
        return lambda record: str(record.get(name)) in many
    if operator in _TEXT and name not in schema.SUBLISTS:
        said, match = value.lower(), _TEXT[operator]
        return lambda record: match(_text(record.get(name)), said)
    raise ValueError(f"Operator {operator} does not fit field '{name}'.")


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower()

"""SuiteQL's functions of texts, as Oracle's: places count from one, negative ones from the end."""

import re
from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.frame import Query, Value
from greenroom.simulators.netsuite.suiteql.function import Function
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.values import kept, number, text, whole

_BLANK = " "


def written(query: Query, value: Value) -> str:
    """Return an argument as a text; NULL as an empty one."""
    return text(value, query.formats) or ""


def place(value: Value) -> int:
    """Return an argument as a whole number; it is not NULL."""
    return whole(value) or 0


def joined(query: Query, one: Value, other: Value) -> Value:
    """Put two texts together; NULL is an empty one."""
    first, second = written(query, one), written(query, other)
    query.budget.made(len(first) + len(second))
    return kept(first + second)


def _substr(query: Query, value: Value, start: Value, length: Value = None) -> Value:
    whole_text, first = written(query, value), place(start)
    begin = first - 1 if first > 0 else len(whole_text) + first if first < 0 else 0
    if begin < 0 or (length is not None and place(length) < 1):
        return None
    return kept(whole_text[begin:] if length is None else whole_text[begin : begin + place(length)])


def _instr(query: Query, value: Value, part: Value, start: Value = 1, occurrence: Value = 1) -> Value:
    whole_text, wanted, at = written(query, value), written(query, part), place(start)
    if at < 1:
        raise Unsimulated("INSTR from the end in SuiteQL")
    found = at - 2
    query.budget.spend(len(whole_text))
    for _ in range(max(1, place(occurrence))):
        found = whole_text.find(wanted, found + 1)
        if found < 0:
            return 0
    return found + 1


def _padding(query: Query, value: Value, length: Value, filling: Value) -> tuple[str, str]:
    """Return a text, cut to a length, and what it lacks."""
    whole_text, size, marks = written(query, value), max(0, place(length)), written(query, filling)
    query.budget.made(size)
    lacking = max(0, size - len(whole_text))
    return whole_text[:size], (marks * (lacking // len(marks) + 1))[:lacking]


def _lpad(query: Query, value: Value, length: Value, filling: Value = _BLANK) -> Value:
    cut, filled = _padding(query, value, length, filling)
    return kept(filled + cut)


def _rpad(query: Query, value: Value, length: Value, filling: Value = _BLANK) -> Value:
    cut, filled = _padding(query, value, length, filling)
    return kept(cut + filled)


def _replace(query: Query, value: Value, part: Value, by: Value = None) -> Value:
    if value is None or part is None:
        return value
    whole_text, wanted, instead = written(query, value), written(query, part), written(query, by)
    query.budget.made(len(whole_text) + whole_text.count(wanted) * len(instead))
    return kept(whole_text.replace(wanted, instead))


def _translate(query: Query, value: Value, letters: Value, others: Value) -> Value:
    instead = written(query, others)
    table: dict[int, str | None] = {}
    for at, letter in enumerate(written(query, letters)):
        table.setdefault(ord(letter), instead[at] if at < len(instead) else None)
    return kept(written(query, value).translate(table))


def _initcap(query: Query, value: Value) -> Value:
    return re.sub(r"[^\W_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), written(query, value))


def _chr(_: Query, value: Value) -> Value:
    code = place(value)
    if not 0 < code < 128:
        raise Unsimulated("CHR of more than ASCII in SuiteQL")
    return chr(code)


def _to_number(_: Query, value: Value, *form: Any) -> Value:
    if form:
        raise Unsimulated("the format of TO_NUMBER in SuiteQL")
    return number(value)


def _concat(query: Query, one: Value, other: Value) -> Value:
    return joined(query, one, other)


def _ascii(query: Query, value: Value) -> Value:
    letter = written(query, value)[:1]
    if not letter or ord(letter) > 127:
        raise invalid() if not letter else Unsimulated("ASCII of other letters in SuiteQL")
    return ord(letter)


FUNCTIONS: Mapping[str, Function] = {
    "ASCII": Function(_ascii),
    "CHR": Function(_chr),
    "CONCAT": Function(_concat, 2, 2, strict=False),
    "INITCAP": Function(_initcap),
    "INSTR": Function(_instr, 2, 4),
    "LENGTH": Function(lambda query, value: len(written(query, value))),
    "LOWER": Function(lambda query, value: written(query, value).lower()),
    "UPPER": Function(lambda query, value: written(query, value).upper()),
    "LPAD": Function(_lpad, 2, 3),
    "RPAD": Function(_rpad, 2, 3),
    "LTRIM": Function(
        lambda query, value, marks=_BLANK: kept(written(query, value).lstrip(written(query, marks))), 1, 2
    ),
    "RTRIM": Function(
        lambda query, value, marks=_BLANK: kept(written(query, value).rstrip(written(query, marks))), 1, 2
    ),
    "REPLACE": Function(_replace, 2, 3, strict=False),
    "SUBSTR": Function(_substr, 2, 3),
    "TRANSLATE": Function(_translate, 3, 3),
    "TO_NUMBER": Function(_to_number, 1, 3),
}

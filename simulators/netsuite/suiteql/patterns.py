"""Patterns: LIKE, and regular expressions as Oracle writes them. None of them may take long, whatever the pattern."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.suiteql.frame import Query, Value
from greenroom.simulators.netsuite.suiteql.function import Function
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.texts import place, written
from greenroom.simulators.netsuite.suiteql.values import kept

_CLASSES = {
    "[:alpha:]": "a-zA-Z", "[:digit:]": "0-9", "[:alnum:]": "a-zA-Z0-9", "[:space:]": r"\s", "[:upper:]": "A-Z",
    "[:lower:]": "a-z", "[:xdigit:]": "0-9A-Fa-f", "[:punct:]": r"!-/:-@\[-`{-~", "[:blank:]": r" \t",
}  # fmt: skip
_FLAGS = {"i": re.IGNORECASE, "c": re.NOFLAG, "n": re.DOTALL, "m": re.MULTILINE}
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\[:\w+:\]|[^\]])*\]|[*+?]\??|\{[0-9,]*\}\??|\(\?|.", re.DOTALL)


@lru_cache(maxsize=256)
def like(pattern: str, escape: str | None) -> tuple[re.Pattern[str], ...]:
    """Return the parts of a LIKE pattern between its ``%``, each of a fixed length.

    Raises:
        InvalidParameter: the escape mark stands before something that needs none.

    """
    parts, part, marks = [], "", iter(pattern)
    for mark in marks:
        if escape is not None and mark == escape:
            escaped = next(marks, "")
            if escaped not in ("%", "_", escape):
                raise invalid()
            part += re.escape(escaped)
        elif mark == "%":
            parts.append(part)
            part = ""
        else:
            part += "." if mark == "_" else re.escape(mark)
    return tuple(re.compile(each, re.DOTALL) for each in (*parts, part))


def is_like(query: Query, value: str, pattern: str, escape: str | None) -> bool:
    """Tell whether a text is like a pattern."""
    first, *rest = like(pattern, escape)
    query.budget.spend(1 + len(value) * len(rest) // 16)
    if not rest:
        return first.fullmatch(value) is not None
    start = first.match(value)
    if start is None:
        return False
    at = start.end()
    for part in rest[:-1]:
        found = part.search(value, at)
        if found is None:
            return False
        at = found.end()
    return _ends(value, at, rest[-1])


def _ends(value: str, at: int, part: re.Pattern[str]) -> bool:
    """Tell whether a text ends with a part of a pattern, after a place."""
    return re.compile(f"(?:{part.pattern})\\Z", re.DOTALL).search(value, at) is not None


@dataclass(frozen=True)
class Regex:
    """A regular expression, and how many repetitions can share out one text among them."""

    pattern: re.Pattern[str]
    repeats: int

    def allow(self, query: Query, value: str) -> None:
        """Spend what a search may take at most."""
        query.budget.spend(max(1, len(value) ** max(1, self.repeats + 1) // 16))


@lru_cache(maxsize=256)
def regex(pattern: str, flags: str) -> Regex:
    """Read a regular expression of Oracle's.

    Raises:
        InvalidParameter: it is none.
        Unsimulated: it repeats a group that repeats something, or uses what is not built.

    """
    words = _TOKEN.findall(pattern)
    repeats = _count_repeats(words)
    try:
        chosen = sum((_FLAGS[flag] for flag in flags), re.NOFLAG)
        return Regex(re.compile("".join(map(_translated, words)), chosen), repeats)
    except KeyError:
        raise Unsimulated(f"the flags {flags} of a regular expression in SuiteQL") from None
    except (re.error, OverflowError):
        raise invalid() from None


def _translated(word: str) -> str:
    if word.startswith("[") and len(word) > 1:
        for name, letters in _CLASSES.items():
            word = word.replace(name, letters)
        if "[:" in word:
            raise Unsimulated(f"the class {word} of a regular expression in SuiteQL")
        inner = word[1:-1].removeprefix("^")
        return f"[{'^' if word[1] == '^' else ''}{inner.replace('[', chr(92) + '[')}]"
    return word


def _count_repeats(words: list[str]) -> int:
    """Count the repetitions of a pattern.

    Raises:
        Unsimulated: they stand in groups that are repeated, or the pattern looks around or back.

    """
    groups: list[bool] = [False]
    before, repeats = False, 0
    for word in words:
        if word == "(?" or re.fullmatch(r"\\[1-9]", word):
            raise Unsimulated("references and extensions of regular expressions in SuiteQL")
        if word[0] in "*+?{":
            if before:
                raise Unsimulated("a repeated group that repeats or chooses in SuiteQL")
            repeats += 1
            groups[-1] = True
        if word == "|":
            groups[-1] = True
        before = word == ")" and len(groups) > 1 and groups.pop()
        if word == ")" and before:
            groups[-1] = True
        if word == "(":
            groups.append(False)
    return repeats


def _found(query: Query, value: Value, pattern: Value, start: int, flags: Value) -> tuple[str, Regex]:
    whole_text = written(query, value)
    read = regex(written(query, pattern), "" if flags is None else written(query, flags))
    read.allow(query, whole_text)
    if start < 1:
        raise invalid()
    return whole_text, read


def _replace(
    query: Query, value: Value, pattern: Value, by: Value = None, start: Value = 1, occurrence: Value = 0,
    flags: Value = None,
) -> Value:  # fmt: skip
    if value is None or pattern is None:
        return value
    whole_text, read = _found(query, value, pattern, place(start), flags)
    if place(occurrence) > 1:
        raise Unsimulated("one occurrence of several in REGEXP_REPLACE in SuiteQL")
    instead = written(query, by)
    if "\\" in instead:
        raise Unsimulated("references in REGEXP_REPLACE in SuiteQL")
    query.budget.made(len(whole_text) + (len(whole_text) + 1) * len(instead))
    head, tail = whole_text[: place(start) - 1], whole_text[place(start) - 1 :]
    return kept(head + read.pattern.sub(lambda _: instead, tail, count=place(occurrence)))


def _nth(text: str, read: Regex, start: int, occurrence: int) -> re.Match[str] | None:
    found = list(read.pattern.finditer(text, start - 1))
    return found[occurrence - 1] if 0 < occurrence <= len(found) else None


def _substr(
    query: Query, value: Value, pattern: Value, start: Value = 1, occurrence: Value = 1, flags: Value = None
) -> Value:
    whole_text, read = _found(query, value, pattern, place(start), flags)
    found = _nth(whole_text, read, place(start), place(occurrence))
    return kept(found[0]) if found else None


def _instr(query: Query, value: Value, pattern: Value, start: Value = 1, occurrence: Value = 1) -> Value:
    whole_text, read = _found(query, value, pattern, place(start), None)
    found = _nth(whole_text, read, place(start), place(occurrence))
    return found.start() + 1 if found else 0


FUNCTIONS: Mapping[str, Function] = {
    "REGEXP_INSTR": Function(_instr, 2, 4),
    "REGEXP_REPLACE": Function(_replace, 2, 6, strict=False),
    "REGEXP_SUBSTR": Function(_substr, 2, 5),
}

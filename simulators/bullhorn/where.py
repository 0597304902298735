"""Bullhorn's ``where``: a condition in a part of JPQL, turned into a test of a record. Knows no records, only paths.

What the fake does not read, JPQL may still have. So a condition with a word of JPQL's in it is not simulated, and any
other that cannot be read is refused.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, VisitError

from greenroom.simulators.bullhorn.entities import FLAG, ID, MANY, MOMENT, ONE, TEXT, WHOLE, Entity, Field
from greenroom.simulators.bullhorn.errors import BadWhere
from greenroom.simulators.core.errors import Unsimulated

Read = Callable[[str], Any]
"""Returns what a record holds under a compound name: a value, None, or the ids of many."""
Truth = bool | None
"""True, false, or unknown, as in SQL: a comparison with null is neither."""
Test = Callable[[Read], Truth]
DEEPEST = 50
"""Levels of brackets, and of NOT."""

_GRAMMAR = r"""
    ?start: either
    either: both (_OR both)*
    both: one (_AND one)*
    ?one: NOT one                                   -> negation
        | "(" either ")"
        | PATH OPERATOR value                       -> comparison
        | PATH _IS [NOT] _NULL                      -> null
        | PATH _IS [NOT] _EMPTY                     -> empty
        | PATH [NOT] _IN "(" value ("," value)* ")" -> among
        | value [NOT] _MEMBER _OF PATH              -> member
    value: NUMBER | STRING | FLAG
    OPERATOR: "=" | "<>" | "<=" | ">=" | "<" | ">"
    _OR.2: /OR\b/i
    _AND.2: /AND\b/i
    NOT.2: /NOT\b/i
    _IS.2: /IS\b/i
    _NULL.2: /NULL\b/i
    _EMPTY.2: /EMPTY\b/i
    _IN.2: /IN\b/i
    _MEMBER.2: /MEMBER\b/i
    _OF.2: /OF\b/i
    FLAG.2: /(TRUE|FALSE)\b/i
    PATH: /[A-Za-z_]\w*(\.[A-Za-z_]\w*)*/
    NUMBER: /-?\d+(\.\d+)?(?![\w.])/
    STRING: /'([^']|'')*'/
    %import common.WS
    %ignore WS
"""
_PARSER = Lark(_GRAMMAR, parser="lalr")
_STRINGS = re.compile(r"'(?:[^']|'')*'")
_FOREIGN = re.compile(
    r"(?i)\b(?:like|between|exists|select|escape|all|any|some|case|current_date|current_time|current_timestamp)\b"
    r"|\b(?:concat|substring|trim|lower|upper|length|locate|abs|sqrt|mod|size|coalesce|nullif|type|index|key|value)\s*\("
    r"|!=|[{}+*/:?]|\|\||(?<=[\w)])\s*-\s*(?=[\w(])"
)
"""What JPQL has and the fake has not."""
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}
_TAKES: dict[str, type | tuple[type, ...]] = {
    TEXT: str,
    FLAG: bool,
    **dict.fromkeys((ID, WHOLE, MOMENT), (int, float)),
}


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _any(values: Sequence[Truth]) -> Truth:
    return True if True in values else None if None in values else False


def _all(values: Sequence[Truth]) -> Truth:
    return False if False in values else None if None in values else True


def _plain(value: Any) -> Any:
    """Return what is compared: texts without regard to case."""
    return value.casefold() if isinstance(value, str) else value


class _Tests(Transformer[Token, Test]):
    """Turns a parsed condition on an entity into a test."""

    def __init__(self, entity: Entity) -> None:
        super().__init__()
        self._entity = entity

    def value(self, children: list[Token]) -> Any:
        token = children[0]
        if token.type == "STRING":
            return token[1:-1].replace("''", "'")
        if token.type == "FLAG":
            return token.lower() == "true"
        return float(token) if "." in token else int(token)

    def either(self, tests: list[Test]) -> Test:
        return tests[0] if len(tests) == 1 else lambda read: _any([test(read) for test in tests])

    def both(self, tests: list[Test]) -> Test:
        return tests[0] if len(tests) == 1 else lambda read: _all([test(read) for test in tests])

    @v_args(inline=True)
    def negation(self, _: Token, test: Test) -> Test:
        return lambda read: _not(test(read))

    @v_args(inline=True)
    def comparison(self, path: Token, operator: Token, value: Any) -> Test:
        kind = self._comparable(path, value).kind
        if kind == FLAG and operator not in ("=", "<>"):
            raise Unsimulated(f"{operator} with a flag in where")
        compare, wanted = _COMPARE[operator], _plain(value)
        return lambda read: _compared(read(path), compare, wanted)

    @v_args(inline=True)
    def null(self, path: Token, negated: Token | None) -> Test:
        if self._entity.follow(path).kind == MANY:
            raise BadWhere(f"'{path}' leads to many entities, ask whether it IS EMPTY")
        return lambda read: (read(path) is None) is (negated is None)

    @v_args(inline=True)
    def empty(self, path: Token, negated: Token | None) -> Test:
        self._many(path)
        return lambda read: (not read(path)) is (negated is None)

    def among(self, children: list[Any]) -> Test:
        path, negated, *values = children
        for value in values:
            self._comparable(path, value)
        wanted = {_plain(value) for value in values}

        def test(read: Read) -> Truth:
            found = _compared(read(path), lambda a, b: a in b, wanted)
            return _not(found) if negated else found

        return test

    @v_args(inline=True)
    def member(self, value: Any, negated: Token | None, path: Token) -> Test:
        self._many(path)
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadWhere(f"a member of '{path}' is named by its id")
        return lambda read: (value in read(path)) is (negated is None)

    def _many(self, path: str) -> None:
        if self._entity.follow(path).kind != MANY:
            raise BadWhere(f"'{path}' does not lead to many entities")

    def _comparable(self, path: str, value: Any) -> Field:
        """Return the field that a name leads to, if it can be compared with a value."""
        field = self._entity.follow(path)
        if field.kind == MANY:
            raise BadWhere(f"'{path}' leads to many entities and cannot be compared")
        if field.kind == ONE:
            raise Unsimulated(f"{path} as a whole in where (write {path}.id)")
        if not isinstance(value, _TAKES[field.kind]) or isinstance(value, bool) != (field.kind == FLAG):
            raise Unsimulated(f"{path} compared with {value!r} in where")
        return field


def _compared(value: Any, compare: Callable[[Any, Any], bool], wanted: Any) -> Truth:
    return None if value is None else compare(_plain(value), wanted)


@lru_cache(maxsize=512)
def parse(text: str, entity: Entity) -> Test:
    """Return the test that a condition on an entity stands for.

    Raises:
        BadWhere, InvalidField: it cannot be read, or names what the entity does not have.
        Unsimulated: JPQL has it, or the entity, and the fake has not.

    """
    if text.count("(") + len(re.findall(r"(?i)\bnot\b", text)) > DEEPEST:
        _check_depth(text)
    try:
        return _Tests(entity).transform(_PARSER.parse(text))
    except VisitError as error:
        raise error.orig_exc from None
    except LarkError:
        foreign = _FOREIGN.search(_STRINGS.sub("''", text))
        if foreign:
            raise Unsimulated(f"{foreign[0].strip(' (')} in where") from None
        raise BadWhere(f"it cannot be read: {text[:200]!r}") from None


def _check_depth(text: str) -> None:
    depth = deepest = 0
    for each in re.finditer(r"(?i)\(|\)|\bnot\b|\b(?:and|or)\b", _STRINGS.sub("''", text)):
        word = each[0].lower()
        depth += {"(": 1, "not": 1, ")": -1}.get(word, 0)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Unsimulated(f"more than {DEEPEST} levels in where")

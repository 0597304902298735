"""Bullhorn's ``fields``: which fields of an entity come back, with those of its associations. Knows no records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError

from greenroom.simulators.bullhorn.entities import MANY, Entity, entity
from greenroom.simulators.bullhorn.errors import AllFieldsNotAllowed, BadParameter, InvalidField
from greenroom.simulators.core.errors import Unsimulated

DEEPEST = 20
"""Levels of brackets."""
FEW = 5
"""Members of a to-many association that come back where no count is named."""
_GRAMMAR = r"""
    start: items
    items: item ("," item)*
    item: NAME ["[" COUNT "]"] ["(" items ")"] [FILTER]
    NAME: /[A-Za-z_]\w*|\*/
    COUNT: /\d{1,9}/
    FILTER: /\{[^}]*\}/
    %import common.WS
    %ignore WS
"""
_PARSER = Lark(_GRAMMAR, parser="lalr")


@dataclass(frozen=True)
class Item:
    """One wanted field: how many members of an association, and which of their fields. Nothing is named by default."""

    name: str
    position: int
    count: int | None = None
    inner: tuple["Item", ...] = ()
    filtered: bool = False


Wanted = Mapping[str, "Selected"]


@dataclass(frozen=True)
class Selected:
    """A wanted field that the entity has; ``count`` and ``inner`` are those of associations."""

    count: int = FEW
    inner: Wanted = field(default_factory=dict)
    named: bool = False


class _Items(Transformer[Token, tuple[Item, ...]]):
    def start(self, children: list[Any]) -> tuple[Item, ...]:
        return tuple(children[0])

    def items(self, children: list[Item]) -> tuple[Item, ...]:
        return tuple(children)

    def item(self, children: list[Any]) -> Item:
        name, count, inner, filtered = children
        return Item(str(name), name.start_pos or 0, None if count is None else int(count), inner or (), bool(filtered))


@lru_cache(maxsize=512)
def parse(text: str, of: Entity) -> Wanted:
    """Return what is wanted of an entity, by name.

    Raises:
        AllFieldsNotAllowed: ``*``.
        InvalidField: a name that the entity does not have, or that may not stand there.
        BadParameter: it cannot be read.
        Unsimulated: the vendor has it, and the fake has not.

    """
    if text.count("(") > DEEPEST:
        raise BadParameter(f"fields nest deeper than {DEEPEST} levels")
    try:
        items = _Items().transform(_PARSER.parse(text))
    except LarkError as error:
        raise BadParameter(f"fields cannot be read at position {getattr(error, 'pos_in_stream', None) or 0}.") from None
    return _checked(items, of, top=True)


def _checked(items: tuple[Item, ...], of: Entity, *, top: bool) -> dict[str, Selected]:
    return {item.name: _select(item, of, top=top) for item in items}


def _select(item: Item, of: Entity, *, top: bool) -> Selected:
    if item.name == "*":
        raise AllFieldsNotAllowed
    if item.filtered:
        raise Unsimulated(f"a condition on the members of {item.name} in fields")
    found = of.field(item.name, item.position)
    nests = bool(item.inner) or item.count is not None
    if (nests and not found.is_association) or (item.count is not None and found.kind != MANY):
        raise InvalidField(item.name, item.position)
    if not found.is_association:
        return Selected()
    if found.kind == MANY and not top:
        raise InvalidField(item.name, item.position)  # to-many associations stand at the top only
    inner = _checked(item.inner, entity(found.to), top=False)
    return Selected(FEW if item.count is None else item.count, inner, named=bool(item.inner))

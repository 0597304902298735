"""Which part of a list comes back, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.bullhorn.entities import MANY, Entity
from greenroom.simulators.bullhorn.errors import BadParameter
from greenroom.simulators.bullhorn.lookups import Sight
from greenroom.simulators.core.store import Record

MOST = 500
"""Records of one page."""
_HIGHEST = 10**9


@dataclass(frozen=True)
class Page:
    """A part of a list: its records, the place of the first, and how many there are in all."""

    records: Sequence[Record]
    start: int
    total: int


def page(sight: Sight, of: Entity, records: Sequence[Record], args: Mapping[str, str]) -> Page:
    """Return the part of a list that a request asks for.

    Raises:
        BadParameter, InvalidField: it cannot be read.

    """
    start = _number(args, "start", 0)
    count = _number(args, "count", int(sight.world.switches["default-count"]))
    if count > MOST and sight.world.switches["high-count"] == "refused":
        raise BadParameter(f"The value of 'count' must be at most {MOST}.")
    ordered = _ordered(sight, of, records, args.get("orderBy", ""))
    return Page(ordered[start : start + min(count, MOST)], start, len(ordered))


def _number(args: Mapping[str, str], name: str, default: int) -> int:
    text = args.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or int(text[:12]) > _HIGHEST:
        raise BadParameter(f"The value of '{name}' must be a whole number.")
    return int(text)


def _ordered(sight: Sight, of: Entity, records: Sequence[Record], order: str) -> Sequence[Record]:
    """Return records by the named fields, ``-`` for the last first; null comes before everything, and ids decide."""
    found = list(records)
    for name in reversed([each.strip() for each in order.split(",") if each.strip()]):
        path = name.lstrip("+-")
        if of.follow(path).kind == MANY:
            raise BadParameter(f"Nothing can be ordered by '{path}'.")
        keys = {record["id"]: _key(sight.read(of, record)(path)) for record in found}
        found.sort(key=lambda record, keys=keys: keys[record["id"]], reverse=name.startswith("-"))  # type: ignore[misc]
    return found


def _key(value: Any) -> tuple[bool, Any]:
    return (False, 0) if value is None else (True, value.casefold() if isinstance(value, str) else value)

"""A vendor's surface: what its published description names, and what its fake does with each of these names."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from greenroom.simulators.core.errors import Unsimulated

SIMULATED, SHAPE, UNSIMULATED = "simulated", "shape", "unsimulated"
CLASSES = (SIMULATED, SHAPE, UNSIMULATED)
"""``simulated``: it does what the vendor's does. ``shape``: it is taken or shown in the right form, and does nothing.
``unsimulated``: a request with it gets 501."""
KINDS: Mapping[str, str] = {
    "parameters": "the parameter",
    "headers": "the header",
    "fields": "the field",
    "shows": "the response's field",
}
"""What an operation has names of, and the words for one of them."""

Names = Mapping[str, str]
"""Names and the class of each. Nested fields are joined by dots: ``attendees.id``."""


@dataclass(frozen=True)
class Operation:
    """One method of one path, as the vendor's description writes it (``/api/v4/users/{id}``).

    ``parameters`` are those of the query, ``fields`` those of the request's body, ``shows`` those of its response.
    """

    method: str
    path: str
    klass: str
    parameters: Names = field(default_factory=dict)
    headers: Names = field(default_factory=dict)
    fields: Names = field(default_factory=dict)
    shows: Names = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> Iterator[tuple[str, str, str]]:
        """Every name that the operation has: its kind, the name, its class."""
        for kind in KINDS:
            for name, klass in getattr(self, kind).items():
                yield kind, name, klass

    def check(self, parameters: Iterable[str] = (), headers: Iterable[str] = (), body: Any = None) -> None:
        """See that a request names nothing that the vendor has and the fake has not.

        Names that the vendor has not either are left to the CRM's own rules. ``body`` is the part that holds fields.

        Raises:
            Unsimulated: it does, or the whole operation is not simulated.

        """
        if self.klass == UNSIMULATED:
            raise Unsimulated(str(self))
        self._refuse("parameters", parameters)
        self._refuse("headers", (name.lower() for name in headers))
        if "fields" in self.lacking:
            self._refuse("fields", sorted(paths(body)))

    @cached_property
    def lacking(self) -> Mapping[str, Names]:
        """What a request may name that the fake has not: the names and classes of each kind that has such a one."""
        lower = {name.lower(): klass for name, klass in self.headers.items()}
        listed = {"parameters": self.parameters, "headers": lower, "fields": self.fields}
        return {kind: names for kind, names in listed.items() if UNSIMULATED in names.values()}

    def _refuse(self, kind: str, sent: Iterable[str]) -> None:
        listed = self.lacking.get(kind, {})
        for name in sent if listed else ():
            if listed.get(name, listed.get(name.partition("[")[0])) == UNSIMULATED:
                raise Unsimulated(f"{KINDS[kind]} {name} of {self}")


class Surface(tuple[Operation, ...]):
    """All operations of a vendor."""

    def at(self, method: str, path: str) -> Operation | None:
        """Return the operation of a method and a path's pattern, whatever its variables are called and bracketed by."""
        return self._places.get((method, pattern(path)))

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], Operation]:
        return {(operation.method, pattern(operation.path)): operation for operation in self}

    def shares(self) -> dict[str, Counter[str]]:
        """Return how many operations, and how many names of each kind, are of each class."""
        found = {"operations": Counter(operation.klass for operation in self)}
        found |= {kind: Counter(klass for o in self for klass in getattr(o, kind).values()) for kind in KINDS}
        return found


NOTHING = Surface()
"""The surface of a CRM that lists none: nothing of it is known not to be simulated."""


@lru_cache(maxsize=1024)
def pattern(path: str) -> str:
    """Return a path with ``{}`` for each variable, without ``.json``."""
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", path.removesuffix(".json"))


def paths(body: Any, before: str = "") -> set[str]:
    """Return the names in a body as JSON gives it, nested ones joined by dots; lists count as their items."""
    if isinstance(body, list | tuple):
        return {name for item in body for name in paths(item, before)}
    if not isinstance(body, dict):
        return set()
    found = {f"{before}{name}" for name in body}
    for name, value in body.items():
        if isinstance(value, dict | list | tuple):
            found |= paths(value, f"{before}{name}.")
    return found


def load(file: Path) -> Surface:
    """Read a surface from its file: a JSON list with an object for each operation.

    Its ``parameters``, ``headers``, ``fields`` and ``shows`` have an entry for each class: names with blanks between.
    """
    return Surface(_operation(row) for row in json.loads(file.read_text("utf-8")))


def _operation(row: Mapping[str, Any]) -> Operation:
    names = {kind: _names(row.get(kind, {})) for kind in KINDS}
    return Operation(row["method"], row["path"], row["class"], **names)


def _names(by_class: Mapping[str, str]) -> Names:
    return {name: klass for klass, names in by_class.items() for name in names.split()}

"""What a clause is: one promise as data, with a pure function that looks at one recorded call."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.interfaces import ALL, INTERFACES
from greenroom.contracts.interfaces.interface import PAGE

LEVELS = ("runtime", "documented", "resilient")
"""Cumulative: a level includes those before it."""


@dataclass(frozen=True)
class Source:
    """Where a promise comes from: ``quote`` (the documentation's words), ``runtime`` (what App Connect's core does) or
    ``reason`` (ours, stated).

    ``about``: the words are those of each interface's own documentation about that.
    """

    kind: str
    text: str
    url: str | None = None
    about: str | None = None

    def of(self, name: str) -> "Source":
        """Return the source of the promise for one interface."""
        if self.about is None:
            return self
        interface = INTERFACES[name]
        return Source(self.kind, interface.quote(self.about), interface.page_of(self.about))


@dataclass(frozen=True)
class Problem:
    """What a call did against a clause: expected, got, and what to do about it.

    ``about``: the request, or the attempt at one, that did it, where one did.
    """

    expected: str
    got: str
    hint: str
    about: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Clause:
    """One promise. ``applies`` says on which calls it is judged; ``judge`` finds the problem, or None.

    ``level`` is the one from which on it counts; broken under a fault or in a race, it counts for ``resilient``.
    ``interfaces`` are those on which it holds. ``odd_ids_too``: it is judged also for ids that the CRM never issues.
    """

    id: str
    title: str
    level: str
    strength: str
    source: Source
    applies: Callable[[Call], bool]
    judge: Callable[[Call], Problem | None]
    interfaces: tuple[str, ...] = ALL
    odd_ids_too: bool = False

    @property
    def why(self) -> str:
        """The explanation: the docstring of the clause's function, without its examples."""
        return self._section(0)

    @property
    def bad(self) -> str:
        """A line of a connector that breaks the promise, for the documentation: ``Bad:`` in the docstring."""
        return self._section(1)

    @property
    def good(self) -> str:
        """A line that keeps it: ``Good:`` in the docstring."""
        return self._section(2)

    def _section(self, place: int) -> str:
        sections = re.split(r"^ *(?:Bad|Good):$", self.judge.__doc__ or "", flags=re.MULTILINE)
        return " ".join(sections[place].split()) if place < len(sections) else ""


def clause(  # noqa: PLR0913 - a promise is all of this
    name: str,
    title: str,
    *,
    level: str,
    source: Source,
    when: Callable[[Call], bool],
    strength: str = "must",
    interfaces: tuple[str, ...] = ALL,
    odd_ids_too: bool = False,
) -> Callable[[Callable[[Call], Problem | None]], Clause]:
    """Make a clause of a function that returns what is wrong with a call, or None."""
    return lambda judge: Clause(name, title, level, strength, source, when, judge, interfaces, odd_ids_too)


def quote(about: str) -> Source:
    """Return the words of each interface's documentation about something as a source (``Interface.quotes``)."""
    return Source("quote", "", about=about)


def runtime(text: str, path: str) -> Source:
    """Return what App Connect's core does as a source; ``path`` in its repository."""
    return Source("runtime", text, PAGE + path)


def reason(text: str) -> Source:
    """Return our own reason as a source."""
    return Source("reason", text)


def collect(*modules: ModuleType) -> tuple[Clause, ...]:
    """Return the clauses of some modules in order.

    Raises:
        ValueError: two have the same id.

    """
    found = [item for module in modules for item in vars(module).values() if isinstance(item, Clause)]
    ids = [item.id for item in found]
    if len(ids) != len(set(ids)):
        msg = f"clause ids given twice: {sorted({i for i in ids if ids.count(i) > 1})}"
        raise ValueError(msg)
    return tuple(found)

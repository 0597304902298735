"""Operations as rows: the blueprint, what the journal notes of a request, and the description follow from one row."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Request, Response

from greenroom.simulators.core.describe import Part, operation, path
from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.exchange import Exchange

OPERATIONS = ("read", "create", "update", "cancel", "confirm", "delete", "other")
"""What the journal knows that a request would do."""
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
View = Callable[..., Response]
Does = Callable[[Request], str | tuple[str, str | None]]
"""Finds out what a request would do, and to which appointment if its path does not say so; empty: nothing."""


@dataclass(frozen=True)
class Route:
    """One operation of a vendor's.

    ``path`` has its variables in angle brackets. ``name`` is the operation's in the description; ``parameters``,
    ``responses`` and ``body`` are the rest of that. ``does`` is what a request would do to an appointment, or a
    function that finds it out; empty: nothing that the journal knows. ``about`` is the variable with the appointment's
    id.
    """

    method: str
    path: str
    view: View
    name: str
    responses: Part
    parameters: list[Part] = field(default_factory=list)
    body: Part | None = None
    does: str | Does = ""
    about: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def variables(self) -> list[str]:
        """The variables of its path."""
        return _VARIABLE.findall(self.path)

    def described(self, fixed: Container[str] = ()) -> Part:
        """Return the operation as OpenAPI has it, where some variables have one value."""
        variables = path(*(name for name in self.variables if name not in fixed))
        return operation(self.name, [*variables, *self.parameters], self.responses, self.body)

    def contradiction(self) -> str | None:
        """Return what is wrong with the row, or None."""
        if self.about and self.about not in self.variables:
            return f"it is about <{self.about}>, which is not in its path"
        if isinstance(self.does, str) and self.does not in ("", *OPERATIONS):
            return f"the journal knows no operation '{self.does}'"
        return None if self.responses else "it has no response"


class Routes:
    """All operations of a vendor.

    ``suffix``: paths exist with and without it, and it is no part of a variable (``.json``). ``slash``: a slash at the
    end is tolerated. ``fixed`` are variables for which the description has one value: the fake knows no other.

    Raises:
        DeclarationError: a row contradicts itself or comes twice.

    """

    def __init__(
        self, *rows: Route, suffix: str = "", slash: bool = False, fixed: Mapping[str, str] | None = None
    ) -> None:
        self._rows, self._suffix, self._slash, self._fixed = rows, suffix, slash, dict(fixed or {})
        self._by_rule: dict[tuple[str, str], Route] = {}
        for row in rows:
            if wrong := row.contradiction():
                raise DeclarationError(f"route {row}: {wrong}")
            for rule in self._rules(row.path):
                if (row.method, rule) in self._by_rule:
                    raise DeclarationError(f"route {row}: it is there twice")
                self._by_rule[row.method, rule] = row

    def __iter__(self) -> Iterator[Route]:
        return iter(self._rows)

    @property
    def suffix(self) -> str:
        """What paths may end with."""
        return self._suffix

    def _rules(self, place: str) -> list[str]:
        """Return a path in every form in which it exists."""
        tails = ["", "/"] if self._slash else [""]
        if self._suffix and not place.endswith(">"):
            tails.append(self._suffix)
        return [place + tail for tail in tails]

    def add(self, blueprint: Blueprint) -> None:
        """Add a rule for each form of each row."""
        for place, row in enumerate(self._rows):
            self.add_view(blueprint, row.method, row.path, f"{row.name} {place}", row.view)

    def add_view(self, blueprint: Blueprint, method: str, place: str, name: str, view: View) -> None:
        """Add a view under every form of a path."""
        for rule in self._rules(place):
            blueprint.add_url_rule(rule, f"{name} {rule}".replace(".", "_"), view, methods=[method])

    def at(self, request: Request) -> Route | None:
        """Return the row of a request; HEAD is answered as GET is."""
        method = "GET" if request.method == "HEAD" else request.method
        return self._by_rule.get((method, request.url_rule.rule)) if request.url_rule else None

    def classify(self, now: Exchange, request: Request) -> bool:
        """Note what a request would do to which appointment. Return whether there is a row of it."""
        row = self.at(request)
        if row is None:
            return False
        arguments: dict[str, Any] = request.view_args or {}
        if self._suffix:
            arguments.update({name: value.removesuffix(self._suffix) for name, value in arguments.items()})
        if row.does:
            self._note(now, request, row, arguments.get(row.about))
        return True

    def _note(self, now: Exchange, request: Request, row: Route, about: str | None) -> None:
        found = row.does if isinstance(row.does, str) else row.does(request)
        does, record = found if isinstance(found, tuple) else (found, about)
        if does:
            now.classify("other" if request.method == "HEAD" else does, record)

    def described(self) -> dict[str, Part]:
        """Return the rows by path and method, as OpenAPI has them."""
        found: dict[str, Part] = {}
        for row in self._rows:
            place = _VARIABLE.sub(lambda each: self._fixed.get(each[1], f"{{{each[1]}}}"), row.path) + self._suffix
            found.setdefault(place, {})[row.method.lower()] = row.described(self._fixed)
        return found

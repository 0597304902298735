"""A vendor's declarations, and the simulator that follows from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from flask import Blueprint, Response

from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.describe import Part, completed, document, references
from greenroom.simulators.core.errors import DeclarationError
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.ledger import Row
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.rest import unsimulated
from greenroom.simulators.core.rest.carriers import Carrier
from greenroom.simulators.core.rest.errors import Errors
from greenroom.simulators.core.rest.fields import Fields
from greenroom.simulators.core.rest.people import Pages
from greenroom.simulators.core.rest.routes import Routes
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.surface import Operation, Surface
from greenroom.simulators.core.world import World

Check = Callable[[], None]
"""Something that a request must pass; it raises the vendor's error."""


@dataclass(frozen=True)
class Group:
    """Routes before which the same checks run, in order.

    ``absent`` are operations that the fake has not; ``odd`` adds rules that are no operations.
    """

    name: str
    routes: Routes
    checks: tuple[Check, ...] = ()
    absent: tuple[Operation, ...] = ()
    odd: Callable[[Blueprint], None] = lambda _: None

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        found = Blueprint(self.name, __name__)
        for check in self.checks:
            found.before_request(check)
        self.routes.add(found)
        unsimulated.add(found, self.routes, self.absent)
        self.odd(found)
        return found


@dataclass(frozen=True)
class Vendor:
    """One vendor: facts, routes, and what they refuse with.

    ``log_in`` begins the paths of its log-in: requests there write nothing, whatever fires on them before they are
    looked at. ``carrier`` finds the credential of a request. ``find`` returns the record that an id names,
    ``stored_as`` the id under which that is, or was, kept. ``before`` may answer any request. ``loud`` describes the
    response to what is not simulated, ``schemas`` are those that descriptions refer to. ``fields`` are the plain
    fields of an appointment, ``nested`` are others that the profile may name.

    Raises:
        DeclarationError: its parts contradict each other.

    """

    profile: Profile
    groups: tuple[Group, ...]
    log_in: str
    carrier: Carrier
    pages: Pages
    errors: Errors
    ledger: tuple[Row, ...]
    surface: Surface
    loud: Part
    schemas: Mapping[str, Part] = field(default_factory=dict)
    fields: Fields | None = None
    nested: tuple[str, ...] = ()
    find: Callable[[World, str], Record | None] | None = None
    stored_as: Callable[[str], str] = lambda key: key
    before: Callable[[], Response | None] = lambda: None

    def __post_init__(self) -> None:
        wrong = next(chain(self._strange_fields(), self._strange_schemas()), None)
        if wrong:
            raise DeclarationError(f"{self.profile.crm}: {wrong}")
        self._check_ledger()

    def _strange_fields(self) -> Iterator[str]:
        """Yield the rows of the profile that name a field which there is not, or which means something else."""
        if self.fields is None:
            return
        profile = self.profile
        for meaning, name in (("title", profile.title_field), ("description", profile.text_field)):
            if self.fields.named(meaning) != name:
                yield f"field '{name}' does not mean '{meaning}'"
        rows: dict[str, Iterable[str]] = {
            "cancellation": profile.cancellation.marks,
            "colleagues_edit": profile.colleagues_edit,
            "added": profile.added,
            **{f"kind '{name}'": fields for name, fields in profile.kinds.items()},
            **{f"time '{name}'": fields for name, fields in profile.times.items()},
            **{f"patch '{name}'": fields for name, fields in profile.patch_fields.items()},
        }
        for row, names in rows.items():
            for name in names:
                if name not in self.fields and name not in self.nested:
                    yield f"{row}: there is no field '{name}'"

    def _strange_schemas(self) -> Iterator[str]:
        """Yield the routes whose description refers to a schema which there is not."""
        for row in chain.from_iterable(group.routes for group in self.groups):
            unknown = references(row.described()) - set(self.schemas)
            if unknown:
                yield f"route {row}: there is no schema '{min(unknown)}'"

    def _check_ledger(self) -> None:
        real = {f"{row.method} {row.path}" for group in self.groups for row in group.routes}
        mentioned = {route for row in self.ledger for route in row.routes}
        for problem, routes in (
            ("no row speaks of", real - mentioned),
            ("a row speaks of a route that is not there:", mentioned - real),
        ):
            if routes:
                raise DeclarationError(f"{self.profile.crm}: ledger: {problem} {min(routes)}")

    def crm(self, **odd: Any) -> Crm:
        """Return the simulator; ``odd`` are the vendor's own rules, by what :class:`Crm` calls them."""
        rules: dict[str, Any] = {
            "profile": self.profile,
            "blueprint": self.blueprint,
            "classify": self.classify,
            "credential": self.carrier,
            "fail": self.errors.fail,
            "state": self.state,
            "cancel": self.pages.cancel,
            "edit": self.pages.edit,
            "reinstate": self.pages.reinstate,
            "remove": self.pages.remove,
            "ledger": self.ledger,
            "surface": self.surface,
            "openapi": self.describe,
        }
        if fields := self.fields:
            rules["drafted"] = lambda person, draft: fields.drafted(person.timezone, draft)
        return Crm(**{**rules, **odd})

    def blueprint(self) -> Blueprint:
        """Return all routes."""
        found = Blueprint(self.profile.crm, __name__)
        found.before_app_request(self.before)
        for group in self.groups:
            found.register_blueprint(group.blueprint())
        return found

    def classify(self, now: Exchange) -> None:
        """Note what a request would do to which appointment."""
        for group in self.groups:
            if group.routes.classify(now, now.asked):
                return
        if now.path.startswith(self.log_in):
            now.classify("other")

    def state(self, world: World, key: str) -> str:
        """Say what became of an appointment."""
        table = self.profile.table
        record = self.find(world, key) if self.find else world.store.get(table, key)
        return self.profile.cancellation.state(record, existed=world.store.existed(table, self.stored_as(key)))

    def describe(self) -> Part:
        """Return what the fake answers, as OpenAPI 3.1."""
        written: dict[str, Part] = {}
        for group in self.groups:
            for place, verbs in group.routes.described().items():
                written.setdefault(place, {}).update(verbs)
        suffix = next((group.routes.suffix for group in self.groups if group.routes.suffix), "")
        paths = completed(written, self.surface, self.loud, suffix)
        return document(f"Fake {self.profile.title}", paths, self.schemas)

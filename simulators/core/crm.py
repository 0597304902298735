"""What a CRM fills in to become a simulator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Request, Response

from greenroom.simulators.core.appointment import Appointment, Draft
from greenroom.simulators.core.documents import Table
from greenroom.simulators.core.draw import FRIENDLY
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.ledger import Row
from greenroom.simulators.core.probing import Probing
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.starter import Starter
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.surface import NOTHING, Surface
from greenroom.simulators.core.world import Person, World


@dataclass(frozen=True, slots=True)
class Holding:
    """How a person stands to a record that they may see.

    ``own``: it is theirs for sure, by whatever a list may choose. ``exact``: its moments are certain, as its times are
    absolute, or in the person's own time zone.
    """

    own: bool
    exact: bool = True


@dataclass(frozen=True, eq=False)
class Crm:
    """One vendor: its facts and the functions that speak its dialect.

    ``seed`` fills a new world; ``facts`` returns the profile for a seed, whose times are counted from a
    moment (None: it is always the same);
    ``render`` writes an error in the vendor's body; ``refuse`` turns a bare HTTP status
    (unknown path, wrong method, malformed request) into the vendor's error; ``fail`` returns the error with which the
    vendor would refuse, or fail, with a status; ``exhaust`` lets the vendor's rate or concurrency limit be reached;
    ``credential`` finds the token that a request carries; ``aim`` notes what a request would do to which appointment;
    ``finish`` adds the headers that every answer has; ``state`` tells what became of an
    appointment (``live``, ``removed``, ``never``, or its cancellation's name); ``access`` what a person may do with it
    (``cancel``, ``view``, ``forbidden``, ``none``); ``holdings`` the records that a person may see, by id
    (None: the person, or the app, may see none at all); ``may_create`` whether a person may make one; ``invitable``
    the ids of those whom an appointment may invite; ``cancel``, ``add`` (under a given
    id, or the next one where it is empty) and ``edit`` act behind the connector's back,
    as somebody in the CRM's own pages would, and so do ``reinstate`` (None: a cancelled appointment cannot come
    back) and ``remove`` (None: cancelling removes it anyway);
    ``drafted`` returns the fields of an appointment that a person enters, for ``add`` and ``edit``;
    ``attendee`` shows somebody who may be invited as an appointment does (``id``, ``name``, ``type``; without it, the
    id is all that is known);
    ``add_contact`` lets somebody of a name be invited from now on, under a given id, or the next one where it is empty
    (None: appointments invite nobody);
    ``guests`` returns the fields with which somebody in the CRM's own pages invites contacts, and a colleague;
    ``appointment`` shows a record of the profile's table as a calendar does;
    ``settle`` does what the CRM has accepted to do later (202), where it does that;
    ``credentials`` issues what programs prove themselves with otherwise than by the log-in of App Connect's users
    (signing keys, certificates) to the person in a role, by names such as ``consumerKey``;
    ``tables`` describe every record that its seed and its rules write: a saved world that does not fit is refused;
    ``example_path`` (with ``{id}``, maybe ``{account}``) is a request to try; ``openapi`` describes what the simulator
    answers;
    ``surface`` lists what the vendor's published description has, and what the simulator does with it;
    ``probing`` is how probes of the ledger's rows make appointments of their own (None: it has none). ``starter`` is
    what ``greenroom init`` needs (None: it has no starter for this CRM).
    """

    profile: Profile
    blueprint: Callable[[], Blueprint]
    seed: Callable[[World], None]
    render: Callable[[ApiError], Response]
    refuse: Callable[[int], ApiError]
    fail: Callable[[int], ApiError]
    exhaust: Callable[[Exchange], None]
    credential: Callable[[Request], str | None]
    classify: Callable[[Exchange], None]
    finish: Callable[[Exchange, Response], None]
    state: Callable[[World, str], str]
    access: Callable[[World, Person, str], str]
    holdings: Callable[[World, Person], Mapping[str, Holding] | None]
    may_create: Callable[[World, Person], bool]
    invitable: Callable[[World], Sequence[str]]
    add_contact: Callable[[World, str, str], str] | None
    cancel: Callable[[World, Person, str], None]
    add: Callable[[World, Person, Mapping[str, Any], str], str]
    drafted: Callable[[Person, Draft], Mapping[str, Any]]
    guests: Callable[[World, Sequence[str]], Mapping[str, Any]]
    edit: Callable[[World, Person, str, Mapping[str, Any]], None]
    reinstate: Callable[[World, Person, str], None] | None
    remove: Callable[[World, Person, str], None] | None
    appointment: Callable[[World, Record], Appointment]
    tables: Mapping[str, Table]
    ledger: tuple[Row, ...]
    example_path: str
    openapi: Callable[[], dict[str, Any]]
    settle: Callable[[World], None] = lambda _: None
    attendee: Callable[[World, str], Mapping[str, Any]] = lambda _, key: {"id": key, "name": key, "type": ""}
    credentials: Callable[[World, str], Mapping[str, str]] = lambda _, __: {}
    facts: Callable[[int, datetime], Profile] | None = None
    surface: Surface = NOTHING
    probing: Probing | None = None
    starter: Starter | None = None

    def drawn(self, seed: int) -> "Crm":
        """Return this CRM with the facts that follow from a seed; without one, as it is."""
        if seed == FRIENDLY or self.facts is None:
            return self
        return replace(self, profile=self.facts(seed, datetime.now(UTC)))

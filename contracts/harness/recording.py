"""A call that is being made: its premise, its reply, and what belongs to it as it becomes known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from greenroom.connectors.bridges.bridge import Loaded, Reply
from greenroom.connectors.bridges.lines import Lines
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.harness.holdings import held
from greenroom.contracts.harness.record import Mask, Written, complete
from greenroom.contracts.harness.starvation import PROBE, STARVED
from greenroom.contracts.harness.view import NOWHERE, Standings, ids, standing
from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.store import WHOLE
from greenroom.simulators.core.world import Person, World, known_offset

LONG = 1.0
"""Seconds that no call takes where nothing is in the way, and less than connectors wait for an answer."""
MANY = 100
"""Requests from which on a call needs its time at each of them: what was lost counts in all, not only at the worst."""


@dataclass(frozen=True)
class CallRequest:
    """What is asked of the connector: in which world, with which parameters, as whom, with which token.

    ``patience``: seconds after which it is given up, where that is sooner than the run's deadline.
    """

    world: World
    params: dict[str, Any]
    role: str
    token: str
    interface: Interface
    patience: float | None = None

    @cached_property
    def refresh(self) -> str | None:
        """The refresh token that came with the token."""
        user = self.params.get("user")
        return user.get("refreshToken") if isinstance(user, Mapping) else None

    @property
    def key(self) -> str:
        """The record's id, as text."""
        return self.interface.key(self.params)

    @property
    def may_change(self) -> bool:
        """Whether something in its world may change during the call, be it by somebody else."""
        return not self.interface.only_reads or any(armed.fault.by_colleague for armed in self.world.faults)


@dataclass(eq=False)
class CallRecorder:
    """One call. ``closed`` once its late work is over: what still carries its token is not its own.

    ``rate``: how much faster the connector's clocks run than this machine's; a record's seconds are by its clocks.
    ``lines`` knows from which of the connector's lines its requests came.
    """

    crm: Crm
    request: CallRequest
    record: dict[str, Any] = field(default_factory=dict)
    journal: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    attempts: list[Mapping[str, Any]] = field(default_factory=list)
    concurrent: Sequence["CallRecorder"] = ()
    title: str = ""
    reply: Reply | None = None
    began: float = 0.0
    answered: float = 0.0
    lost: float = 0.0
    lost_in_all: float = 0.0
    noted: dict[str, Standings] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    final_standings: Standings | None = None
    closed: bool = False
    rate: float = 1.0
    lines: Lines | None = None
    _settled: tuple[int, Standings] | None = None

    @property
    def world(self) -> str:
        """The name of the world in which it is made."""
        return self.request.world.name

    @property
    def key(self) -> str:
        """The id of its appointment, as text."""
        return self.request.key

    @property
    def made(self) -> list[str]:
        """The ids of the records that its requests made in its world, those first that they have not removed again."""
        here = [entry for entry in (*self.journal, *self.late) if entry.world == self.world]
        changes = [change for entry in here for change in entry.changes if change.table == self.crm.profile.table]
        whole = [change for change in changes if change.field == WHOLE]
        gone = {change.id for change in whole if change.after is None}
        return sorted((change.id for change in whole if change.before is None), key=lambda key: key in gone)

    @property
    def subject(self) -> str:
        """The id of the record that it is about: the one that it names, or that it made; else empty."""
        return next(iter(self.made), "") if self.request.interface.creates else self.request.key

    def standings(self) -> Standings:
        """Say how the appointments stand now that it is about, or may have made: those that were not there before."""
        interface, world = self.request.interface, self.request.world
        named = {self.request.key} if interface.subject else set()
        found = ids(self.crm, world) - self.known if interface.creates else named
        return {key: standing(self.crm, world, key) for key in found}

    def _held(self) -> list[dict[str, Any]]:
        """Return what the CRM holds now that the caller may see."""
        return held(self.crm, self.request.world, self.request.world.people[self.request.role])

    def final(self) -> Standings:
        """Say how the appointments stand once the CRM has done all that it accepted to do later."""
        world = self.request.world
        self.crm.settle(world)
        version = world.store.version  # what stands changes with a commit only
        if self._settled is None or self._settled[0] != version:
            self._settled = version, self.standings()
        return self._settled[1]

    def _stand(self) -> None:
        """Record how the appointment stood at the moments of the call; which one it made is known by now."""
        self.record["subject"]["id"] = self.subject
        for when, found in self.noted.items():
            how = found.get(self.subject, NOWHERE)
            self.record["state"][when] = how.state
            if self.request.interface.of_one:
                self.record["appointment"][when] = how.appointment

    @property
    def found_dead(self) -> bool:
        """Whether the connector's process had ended since the call before."""
        return self.reply is not None and self.reply.found_dead

    def begin(self, place: Mapping[str, Any], variant: Mapping[str, str], loaded: Loaded) -> None:
        """Record what is known before the call: who, what, how things stand. ``place`` is where in the run it is."""
        request = self.request
        world, person = request.world, request.world.people[request.role]
        found = world.store.get(self.crm.profile.table, request.key) or {}
        asked = request.interface.asked(request.params) if request.interface.creates else {}
        self.title = str(found.get(self.crm.profile.title_field) or asked.get("title") or "")
        self.record = {
            "interface": request.interface.name,
            **place,
            "variant": dict(variant),
            "crm": self.crm.profile.facts,
            "params": request.params,
            "actor": {
                "person": person.id,
                "role": request.role,
                "world": world.name,
                "host": world.api_host,
                "hosts": world.hosts,
                "access": self._access(world, person),
                "credential": credential(world, request.token),
            },
            "language": loaded.language,
            "declared": loaded.cancellation,
            "died_late": False,
            "subject": {
                "id": request.key,
                "issuable": self._issuable(),
                "title": self.title,
            },
            "state": {},
            **({"appointment": {}} if request.interface.of_one else {}),
        }
        self.record |= {"defined": at} if (at := loaded.defined.get(request.interface.name)) else {}
        self.known = ids(self.crm, world) if request.interface.creates else self.known
        self.noted["before"] = self.standings()
        if request.interface.lists:
            offset = known_offset(world, person)
            facts: dict[str, Any] = {"zone": person.timezone, "now": timestamp(world.clock.now())}
            facts |= {} if offset is None else {"offset": offset}
            self.record["calendar"] = {"before": self._held(), **facts}

    def _access(self, world: World, person: Person) -> str:
        """Say what the caller may do with the appointment; with none, whether they may make, or see, one."""
        if self.request.interface.creates:
            return "create" if self.crm.may_create(world, person) else "forbidden"
        if not self.request.interface.of_one:
            return "forbidden" if self.crm.holdings(world, person) is None else "view"
        return self.crm.access(world, person, self.request.key)

    def end(self, reply: Reply) -> None:
        """Record how the call ended."""
        record, request = self.record, self.request
        self.noted["after"] = self.standings()
        if "calendar" in record:
            record["calendar"]["after"] = self._held()
        record["outcome"], record["seconds"] = reply.outcome, round(reply.seconds * self.rate, 6)
        record["seen"] = seen(reply.outcome, request.interface, request.params, self.crm.profile.crm)
        self.reply, self.began, self.answered = reply, reply.ended - reply.seconds, reply.ended
        self.lost = PROBE.worst(self.began, self.answered, self.rate)
        self.lost_in_all = PROBE.lost(self.began, self.answered) * self.rate
        record["weakened"] = reply.weakened
        self.attempts += reply.attempts

    def _issuable(self) -> bool:
        """Tell whether the CRM issues ids like the given one, where one is given."""
        interface = self.request.interface
        return interface.subject is None or self.crm.profile.ids.issues(interface.given(self.request.params))

    def carries(self, token: str) -> bool:
        """Tell whether a token is this call's: the given one, its refresh token, or one that was issued for that."""
        grants = self.request.world.grants.issued_for
        return grants.get(token, token) in (self.request.token, self.request.refresh)

    def fits(self, entry: Entry) -> bool:
        """Tell whether a request names this call's appointment, if any, and no other tenant's host."""
        others = {other_call.request.world.api_host for other_call in self.concurrent} - {self.request.world.api_host}
        named = entry.record is None or self.request.key in ("", entry.record)
        return named and entry.host not in others

    def still_owes(self, entry: Entry) -> bool:
        """Tell whether a request is what this call has not done yet: then it is its own, however late.

        One that names no record owes nothing that could be told from what others ask.
        """
        return (
            bool(self.request.key)
            and self.fits(entry)
            and entry.record is not None
            and not any(
                (known.method, known.record) == (entry.method, entry.record) for known in (*self.journal, *self.late)
            )
        )

    def in_flight(self, entry: Entry) -> bool:
        """Tell whether a request came before this call was answered; its own answer may have come later.

        A connection that came to no request is noted as this process hears of it, as the answer is.
        """
        ended = self.reply.heard if self.reply and entry.operation == "connect" else self.answered
        return not ended or entry.moment - entry.seconds < ended

    def asks(self, entry: Entry) -> None:
        """Take a request as this call's: late work, unless it began before the answer, whenever its own was ready."""
        (self.journal if self.in_flight(entry) else self.late).append(entry)

    @property
    def starved(self) -> float:
        """How many seconds this machine lost in a call that may have ended otherwise for that: the connector left
        before an answer was ready, or what takes a moment took long, while nothing else was in the way.
        """
        request = [*self.journal, *self.late]
        gave_up = any(entry.left and not entry.fault for entry in request)
        clear = self.reply is not None and (self.reply.outcome["kind"] != "timed-out" or self._asks_on)
        dragged = (
            clear and (self.answered - self.began) * self.rate >= LONG and not any(entry.fault for entry in request)
        )
        lost = max(self.lost, self.lost_in_all) if len(request) > MANY else self.lost
        return round(lost, 3) if lost >= STARVED and (gave_up or dragged) else 0.0

    @property
    def _asks_on(self) -> bool:
        """Whether it asked and asked until its time was over: that is no hang, but may be too many requests."""
        return any(
            entry.moment - entry.seconds > self.answered - LONG / self.rate for entry in (*self.journal, *self.late)
        )

    def other_call(self, began: float) -> dict[str, Any]:
        """Return what a call that was made at the same time, and when it began, needs to know of this one.

        Its claim is missing.
        """
        ended = round((self.answered - began) * self.rate, 6)
        return {
            "interface": self.request.interface.name,
            "appointment": self.subject,
            "world": self.request.world.name,
            "title": self.title,
            "asked": self.request.interface.own(self.request.params),
            "ended": ended,
        }

    def stamp(self) -> tuple[Any, ...]:
        """Return what of a call may still change after its end: while this is the same, so is its record."""
        reply = self.reply
        told = reply and (reply.suspects(), reply.counts())
        counts = (len(self.journal), len(self.late), len(self.attempts), self.record.get("died_late"))
        return (*counts, told, self.final_standings or self.final())

    def complete(self, mask: Mask) -> dict[str, Any]:
        """Return the whole record, secrets masked; what concurrent calls claimed is for :func:`finished` to add."""
        if self.reply is None:
            msg = "the call was not made"
            raise RuntimeError(msg)
        self.noted["final"] = self.final_standings or self.final()
        self._stand()
        self.record["starved"] = self.starved
        self.record["concurrent"] = [other.other_call(self.began) for other in self.concurrent]
        written = Written(mask, self.began, self.rate, self.lines)
        return complete(self.record, self.reply, self.journal, self.late, self.attempts, written)


def finished(calls: Sequence[CallRecorder], mask: Mask) -> list[dict[str, Any]]:
    """Return the records of calls whose late work is over, each with what those at the same time claimed."""
    records = {recorder: recorder.complete(mask) for recorder in calls}
    for recorder, record in records.items():
        for other_call, other in zip(record["concurrent"], recorder.concurrent, strict=True):
            other_call["claim"] = Call(records[other]).claim
    return list(records.values())


def credential(world: World, value: str) -> str:
    """Say how a token stands: as its world says, ``missing``, or ``foreign`` where it counts at another host."""
    token = world.tokens.find(value)
    if token and token.host not in (None, world.api_host):
        return "foreign"
    return world.tokens.state(token) if value else "missing"

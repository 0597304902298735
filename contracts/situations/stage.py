"""The stage of a run: makes worlds, calls the connector in them, and records each call whole."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.situations.record import complete
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import Login, Person, World

SETTLING = 0.5
"""Seconds after an answer in which late work is still looked for."""


@dataclass
class Taken:
    """A call that was made. ``closed`` once its late work is over: what still carries its token is not its own."""

    record: dict[str, Any]
    reply: Reply
    world: World
    token: str
    standing: Callable[[], str]
    answered: float
    journal: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    attempts: list[Mapping[str, Any]] = field(default_factory=list)
    settled: str | None = None
    closed: bool = False


class Stage:
    """Where situations play: one connector, one CRM.

    Requests are told apart by the token they carry, since each call gets one of its own: late work of an earlier call
    never lands on a later one. Calls are completed (late work, final standing) by :meth:`settle`.
    """

    def __init__(self, simulator: Simulator, bridge: Bridge, *, deadline: float) -> None:
        self._simulator = simulator
        self._bridge = bridge
        self._deadline = deadline
        self._taken: list[Taken] = []
        self._variants: dict[str, dict[str, str]] = {}
        self._cursors: dict[str, int] = {}
        self._situation, self._step = "call", 0

    @property
    def profile(self) -> Profile:
        """The CRM's facts."""
        return self.crm.profile

    @property
    def crm(self) -> Crm:
        """The CRM, for what happens in it behind the connector's back."""
        return self._simulator.crm

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return len(self._taken)

    def enter(self, situation: str) -> None:
        """Begin a situation: calls are counted from one again."""
        self._situation, self._step = situation, 0

    def world(self, *, site: str | None = None, switches: Mapping[str, str] | None = None) -> World:
        """Make a fresh world, at the CRM's first site or a named one, with its switches set."""
        world = self._simulator.new_world(site, switches)
        self._variants[world.name] = {"site": world.site.name, **(switches or {})}
        return world

    def behind(self, change: Callable[[World, Person, str], None], world: World, appointment: str) -> None:
        """Let a colleague change an appointment in the CRM's own pages; earlier calls are judged by what was before."""
        self._note_late()
        change(world, world.people["colleague"], appointment)

    def pause(self) -> None:
        """Wait until all late work is over; what carries an earlier call's token afterwards is no late work."""
        if self._taken:
            time.sleep(max(0.0, self._taken[-1].answered + SETTLING - time.monotonic()))
        self._note_late()
        for taken in self._taken:
            taken.closed = True

    def call(
        self,
        world: World,
        appointment: Any,
        role: str = "owner",
        *,
        login: Login | None = None,
        interface: str = CANCEL,
    ) -> Reply:
        """Let the person in that role cancel an appointment of a world, and record everything about it."""
        login = login or world.log_in(role)
        params = {"user": login.user, "authHeader": login.auth_header, "appointmentId": appointment}
        return self.call_with(world, params, role, login.token, interface)

    def call_with(self, world: World, params: dict[str, Any], role: str, token: str, interface: str = CANCEL) -> Reply:
        """Call an interface with these parameters as the person in that role, and record everything about it."""
        self._note_late()
        self._simulator.current = world
        self._step += 1
        key = str(params.get("appointmentId"))
        record = self._premise(world, params, role, token, interface)
        reply = self._bridge.call(interface, params, self._deadline)
        if reply.found_dead and self._taken:
            self._taken[-1].record["died_late"] = True
        record["appointment"]["after"] = self.crm.standing(world, key)
        record["outcome"], record["seconds"] = reply.outcome, round(reply.seconds, 6)
        record["seen"] = seen(reply.outcome, interface, params.get("appointmentId"), self.profile.title)
        standing = lambda: self.crm.standing(world, key)  # noqa: E731
        taken = Taken(record, reply, world, token, standing, time.monotonic(), attempts=list(reply.attempts))
        self._taken.append(taken)
        for entry in self._drain():
            owner = self._owner(entry)
            (taken.journal if owner in (None, taken) else owner.late).append(entry)
        return reply

    def _premise(self, world: World, params: dict[str, Any], role: str, token: str, interface: str) -> dict[str, Any]:
        """Return what is known before a call: who, what, how things stand."""
        person, key = world.people[role], str(params.get("appointmentId"))
        return {
            "interface": interface,
            "situation": self._situation,
            "step": self._step,
            "variant": self._variants.get(world.name, {}),
            "crm": self.profile.facts(),
            "params": params,
            "actor": {
                "person": person.id,
                "role": role,
                "world": world.name,
                "access": self.crm.access(world, person, key),
                "credential": world.tokens.standing(world.tokens.find(token)) if token else "missing",
            },
            "declared": self._bridge.loaded.cancellation,
            "died_late": False,
            "appointment": {"id": key, "before": self.crm.standing(world, key)},
        }

    def _drain(self) -> list[Entry]:
        """Return the entries of all worlds that were not looked at yet, in order."""
        found: list[Entry] = []
        for name, world in self._simulator.worlds.items():
            entries = world.journal.since(self._cursors.get(name, 0))
            self._cursors[name] = self._cursors.get(name, 0) + len(entries)
            found += entries
        return sorted(found, key=lambda entry: entry.seq)

    def _owner(self, entry: Entry) -> Taken | None:
        """Return the call whose token a request carries, unless that call's late work is over."""
        mine = (taken for taken in reversed(self._taken) if entry.token and taken.token == entry.token)
        return next((taken for taken in mine if not taken.closed), None)

    def _note_late(self) -> None:
        """Give what came since the last answer to the calls that left it, and note how their appointments stand."""
        for entry in self._drain():
            last = next((taken for taken in reversed(self._taken) if taken.world.name == entry.world), None)
            owner = self._owner(entry) or last
            if owner:
                owner.late.append(entry)
        if self._taken:
            self._taken[-1].attempts += self._bridge.late_attempts()
        for taken in self._taken:
            if taken.settled is None and taken.world is self._taken[-1].world:
                taken.settled = taken.standing()

    def settle(self) -> list[dict[str, Any]]:
        """Wait until late work is over, and return every call record, complete and masked."""
        self.pause()
        if self._taken and self._bridge.died():
            self._taken[-1].record["died_late"] = True
        for taken in self._taken:
            taken.record["appointment"]["settled"] = taken.settled or taken.standing()
        masks = [world.secrets.mask for world in self._simulator.worlds.values()]
        return [complete(t.record, t.reply, t.journal, t.late, t.attempts, masks) for t in self._taken]

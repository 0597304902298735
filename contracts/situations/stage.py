"""The stage of a run: makes worlds, calls the connector in them, and records each call whole."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import Login, World

SETTLING = 0.5
"""Seconds after the last answer in which late work is still looked for."""


@dataclass
class Taken:
    """A call that was made: what is known at once, and where to look for its late work."""

    record: dict[str, Any]
    reply: Reply
    marks: dict[str, int]
    standing: Callable[[], str]
    answered: float
    until: dict[str, int] = field(default_factory=dict)


class Stage:
    """Where situations play: one connector, one CRM.

    ``calls`` fills up as calls are made; each is completed (late work, final standing) by :meth:`settle`.
    """

    def __init__(self, simulator: Simulator, bridge: Bridge, *, deadline: float) -> None:
        self._simulator = simulator
        self._bridge = bridge
        self._deadline = deadline
        self._taken: list[Taken] = []
        self._variants: dict[str, dict[str, str]] = {}
        self._worlds: list[World] = []
        self.situation = "call"
        self._step = 0

    @property
    def profile(self) -> Profile:
        """The CRM's facts."""
        return self._simulator.crm.profile

    def enter(self, situation: str) -> None:
        """Begin a situation: calls are counted from one again.

        Requests that still come for worlds of earlier situations are the late work of those.
        """
        self.situation, self._step, self._worlds = situation, 0, []

    def world(self, *, site: str | None = None, switches: Mapping[str, str] | None = None) -> World:
        """Make a fresh world, at the CRM's first site or a named one, with its switches set."""
        world = self._simulator.new_world(site, switches)
        self._variants[world.name] = {"site": world.site.name, **(switches or {})}
        self._worlds.append(world)
        return world

    def cancel_behind(self, world: World, appointment: str) -> None:
        """Let a colleague cancel an appointment in the CRM's own pages."""
        self._simulator.crm.cancel(world, world.people["colleague"], appointment)

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
        self._simulator.current = world
        self._step += 1
        crm, person = self._simulator.crm, world.people[role]
        key = str(params.get("appointmentId"))
        record = {
            "interface": interface,
            "situation": self.situation,
            "step": self._step,
            "variant": self._variants.get(world.name, {}),
            "crm": self.profile.facts(),
            "params": params,
            "actor": {
                "person": person.id,
                "role": role,
                "world": world.name,
                "access": crm.access(world, person, key),
                "credential": world.tokens.standing(world.tokens.find(token)) if token else "missing",
            },
            "declared": self._bridge.loaded.cancellation,
            "appointment": {"id": key, "before": crm.standing(world, key)},
        }
        marks = self._marks()
        self._close_windows(marks)
        reply = self._bridge.call(interface, params, self._deadline)
        record["appointment"]["after"] = crm.standing(world, key)
        record |= self._answer(reply, interface, params)
        record["journal"] = self._entries(marks, {})
        taken = Taken(record, reply, self._marks(), lambda: crm.standing(world, key), time.monotonic())
        self._taken.append(taken)
        return reply

    def _answer(self, reply: Reply, interface: str, params: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "outcome": reply.outcome,
            "seconds": round(reply.seconds, 6),
            "seen": seen(reply.outcome, interface, params.get("appointmentId"), self.profile.title),
        }

    def _marks(self) -> dict[str, int]:
        return {world.name: len(world.journal) for world in self._worlds}

    def _close_windows(self, marks: Mapping[str, int]) -> None:
        """Let late work of this situation's earlier calls end where the next one begins."""
        for taken in self._taken:
            for name in marks.keys() & taken.marks.keys():
                taken.until.setdefault(name, marks[name])

    def _entries(self, marks: Mapping[str, int], until: Mapping[str, int]) -> list[Entry]:
        found: list[Entry] = []
        for name, start in marks.items():
            entries = self._simulator.worlds[name].journal.since(start)
            found += entries[: until[name] - start] if name in until else entries
        return sorted(found, key=lambda entry: entry.seq)

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return len(self._taken)

    def settle(self) -> list[dict[str, Any]]:
        """Wait until late work is over, and return every call record, complete and masked."""
        if self._taken:
            time.sleep(max(0.0, self._taken[-1].answered + SETTLING - time.monotonic()))
        if self._taken:
            self._taken[-1].record["attempts"] = self._bridge.late_attempts()
        return [self._complete(taken) for taken in self._taken]

    def _complete(self, taken: Taken) -> dict[str, Any]:
        record, reply = taken.record, taken.reply
        late = self._entries(taken.marks, taken.until)
        record["appointment"]["settled"] = taken.standing()
        record["attempts"] = [
            {name: attempt[name] for name in ("host", "port", "why")}
            for attempt in [*reply.attempts, *record.get("attempts", [])]
        ]
        printed, afterwards = reply.printed(), reply.printed(late=True)
        record["printed"] = printed | {f"late_{name}": text for name, text in afterwards.items()}
        record["journal"] = [entry.to_json(self.mask) for entry in record["journal"]]
        record["late"] = [entry.to_json(self.mask) for entry in late]
        masked: dict[str, Any] = json.loads(self.mask(json.dumps(record)))
        return masked

    def mask(self, text: str) -> str:
        """Return the text with every secret of every world replaced by its label."""
        for world in self._simulator.worlds.values():
            text = world.secrets.mask(text)
        return text

"""The harness of a run: makes worlds, calls the connector in them, and records each call whole."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.connectors.bridges.process import nothing
from greenroom.contracts.harness.at_once import in_order, together, while_held
from greenroom.contracts.harness.calls import Calls
from greenroom.contracts.harness.extension import Extension
from greenroom.contracts.harness.holdings import days_around
from greenroom.contracts.harness.orders import Choice, Plan
from greenroom.contracts.harness.patience import Patience
from greenroom.contracts.harness.payload import new_payload
from greenroom.contracts.harness.recording import CallRecorder, CallRequest
from greenroom.contracts.harness.worlds import Worlds
from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import Login, Person, World

HOLD = 5
"""Seconds for which a request waits at most while something else happens; it waits no longer than that takes."""
MOST_AT_ONCE = 64
"""Calls that are made at the same time at most."""
GRACE = 5.0
"""Seconds beyond the deadline that concurrent calls are waited for."""


class Harness:
    """Where scenarios play: one connector, one CRM. Calls are completed (late work, final state) by :meth:`settle`."""

    def __init__(self, simulator: Simulator, bridge: Bridge, *, deadline: float) -> None:
        self._bridge, self.deadline = bridge, deadline
        self.worlds = Worlds(simulator)
        self._calls = Calls(self.worlds, bridge)
        self.patience = Patience(deadline)
        self._place: dict[str, Any] = {"scenario": "call", "level": "documented"}
        self._step, self.stories = 0, 0
        self._callers = ThreadPoolExecutor(MOST_AT_ONCE, "greenroom-call")

    @property
    def profile(self) -> Profile:
        """The CRM's facts."""
        return self.crm.profile

    @property
    def crm(self) -> Crm:
        """The CRM, for what happens in it behind the connector's back."""
        return self.worlds.crm

    def offers(self, interface: Interface) -> bool:
        """Tell whether the connector has an interface, too."""
        return interface.name in self._bridge.loaded.interfaces

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return len(self._calls)

    def site(self, place: int) -> str:
        """Return the name of a site: of those behind the first at first, then of that, and round again.

        Whose bug shows at other sites only is so met in many scenarios, at no further calls.
        """
        sites = self.profile.sites
        return sites[(place + 1) % len(sites)].name

    def enter(self, scenario: str, level: str, number: int, interface: Interface | None = None) -> None:
        """Begin a scenario: calls are counted from one again, worlds from ``number``, whatever was played before.

        ``interface``: from now on appointments are as it needs them to begin with.
        """
        self._place, self._step, self.worlds.number = {"scenario": scenario, "level": level}, 0, number
        premise = interface.premise if interface else None
        self.worlds.premise = getattr(self.profile, premise) if premise else {}

    def clear(self) -> set[str]:
        """Forget all calls, and return the names of worlds in which something happened that nobody has looked at."""
        self.stories += 1
        return self._calls.clear()

    def world(
        self,
        interface: Interface | None = None,
        *,
        site: str | None = None,
        switches: Mapping[str, str] | None = None,
        faults: Sequence[str] = (),
    ) -> World:
        """Make a fresh world, at the CRM's first site or a named one, with its switches set.

        ``faults`` are armed in it; they hit the requests that perform the ``interface``, unless they say otherwise.

        Raises:
            ValueError: there are faults, and no interface.

        """
        if faults and interface is None:
            msg = "faults need the interface whose requests they hit: harness.world(interface, faults=…)"
            raise ValueError(msg)
        self.note_late()
        world = self.worlds.make(site, switches)
        if interface:
            self.worlds.arm_all(interface, world, faults)
        return world

    def share(self, world: World) -> None:
        """Play on in a world that others use at the same time (:meth:`Worlds.share`)."""
        self.note_late(final=False)
        self.worlds.share(world)

    def out_of_band(self, change: Callable[[World, Person, str], None], world: World, appointment: str) -> None:
        """Let a colleague change an appointment in the CRM's own pages; earlier calls are judged by what was before.

        Where the CRM refuses it, as when the connector has deleted what it should have kept, nothing changes.
        """
        self._calls.note_late(world=world)
        with contextlib.suppress(ApiError):
            change(world, world.people["colleague"], appointment)

    def note_late(self, *, final: bool = True) -> None:
        """Give what came since the last answer to the calls that left it (:meth:`Calls.note_late`)."""
        self._calls.note_late(final=final)

    def pause(self) -> None:
        """Wait until all late work is over; what carries an earlier call's token afterwards is no late work."""
        self._calls.pause()

    def call(
        self, interface: Interface, world: World, appointment: Any, role: str = "owner", *, login: Login | None = None
    ) -> Reply:
        """Call an interface for an appointment of a world, as the person in that role, and record everything."""
        return self.call_with(self._request(interface, world, appointment, role, login))

    def call_with(self, request: CallRequest, **place: Any) -> Reply:
        """Call an interface as asked, and record everything about it; ``place`` says more of where in the run it is."""
        recorder = self._prepare(request, **place)
        reply = self._ask(recorder, self._calls.get_ready)
        self._collect([recorder])
        return reply

    def afterwards(self, interface: Interface) -> None:
        """Call once more in a fresh world: it may still be refused, but a connector that hangs is lost for good."""
        world = self.world()
        request = self._request(interface, world, world.appointments["target"], "owner", None)
        self.call_with(request, aftermath=True)

    def at_once(
        self,
        interface: Interface,
        world: World,
        appointment: Any,
        role: str = "owner",
        *,
        login: Login | None = None,
        patience: float | None = None,
    ) -> CallRecorder:
        """Return a call that is ready to be made with others at the same time (:meth:`together`)."""
        return self._prepare(self._request(interface, world, appointment, role, login, patience))

    def _request(
        self,
        interface: Interface,
        world: World,
        appointment: Any,
        role: str,
        login: Login | None,
        patience: float | None = None,
    ) -> CallRequest:
        login = login or world.log_in(role)
        params = interface.params(login.user, login.auth_header, self.inputs(interface, world, appointment))
        return CallRequest(world, params, role, login.token, interface, patience)

    def inputs(self, interface: Interface, world: World, given: Any) -> dict[str, Any]:
        """Return an interface's own inputs for an appointment of a world.

        One that lists gets the days around that appointment, or the range that is given. One that makes an
        appointment gets what a new one is to have, other than for another id, or what is given.
        """
        if isinstance(given, str) and (interface.lists or interface.creates):
            given = (days_around if interface.lists else new_payload)(self.crm, world, given)
        return interface.example(given)

    def in_order(self, calls: Sequence[CallRecorder], plan: Plan) -> list[Choice]:
        """Make two calls at the same time whose requests pass one by one; return the steps of the order played."""
        choices = in_order(calls, self._ask, self._bridge, plan)
        self._collect(calls)
        return choices

    def meanwhile(self, interface: Interface, world: World, given: Any, change: Callable[[], None]) -> None:
        """Call an interface; while its second question to the CRM is held, let something happen there.

        Where it asks only once, nothing happens.
        """
        held = self.worlds.arm(interface, world, f"held={HOLD},on=look,skip=1")
        recorder = self.at_once(interface, world, given)
        while_held(recorder, self._ask, held, change, self.deadline + GRACE)
        world.faults.disarm(held.number)  # where it asked once only, the next call would meet it
        self._collect([recorder])

    def together(self, first: CallRecorder, *others: CallRecorder, between: Armed | None = None) -> None:
        """Make calls at the same time; the later ones begin once the fault ``between`` holds a request of the first.

        Where nothing is held, they begin all the same. The fault is released when the later ones have answered.
        """
        together([first, *others], self._ask, between, self.deadline + GRACE, self._callers)
        if between:
            first.request.world.faults.disarm(between.number)
        self._collect([first, *others])

    def _prepare(self, request: CallRequest, **place: Any) -> CallRecorder:
        self._calls.note_late(final=request.may_change, world=request.world)
        self.worlds.simulator.current = request.world
        self._step += 1
        recorder = CallRecorder(self.crm, request, rate=self._bridge.rate, lines=self._bridge.lines)
        where = {**self._place, "step": self._step, "aftermath": False, **place}
        recorder.begin(where, self.worlds.variants.get(request.world.name, {}), self._bridge.loaded)
        return recorder

    def _ask(self, recorder: CallRecorder, meanwhile: Callable[[], None] = nothing) -> Reply:
        request, seconds = recorder.request, self.patience.seconds()
        if seconds is None:
            reply = Reply(self.patience.unmade(), 0.0, 0, None)
        else:
            limit = min(request.patience or seconds, seconds)
            extend = Extension(request.world).seconds
            reply = self._bridge.call(request.interface.name, request.params, limit, extend, meanwhile)
            reply.outcome = self.patience.outcome(reply.outcome, seconds)
        recorder.end(reply)
        return reply

    def _collect(self, calls: Sequence[CallRecorder]) -> None:
        self.patience.hangs += self._calls.add(calls)

    def subjects(self, since: int) -> list[str]:
        """Return the ids of the records that calls are about, from call ``since`` on; empty where one made none."""
        return self._calls.subjects(since)

    def prepare(self) -> None:
        """Complete the call records as far as they are known, so that :meth:`settle` has less to do."""
        self._calls.prepare()

    def settle(self) -> list[dict[str, Any]]:
        """Wait until late work is over, and return every call record, complete and masked."""
        self.pause()
        return self.records()

    def records(self, since: int = 0, until: int | None = None) -> list[dict[str, Any]]:
        """Return the call records from number ``since`` on as they are by now, without waiting for late work."""
        return self._calls.records(since, until)

    def stamps(self, since: int = 0) -> list[tuple[Any, ...]]:
        """Return what of calls from number ``since`` on may still change; equal stamps mean equal records."""
        return self._calls.stamps(since)

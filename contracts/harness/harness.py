"""The harness of a run: makes worlds, calls the connector in them, and records each call whole."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from greenroom.connectors.bridges.bridge import Bridge, Reply
from greenroom.contracts.clauses.bounds import comes_to_an_end
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import judge
from greenroom.contracts.clauses.shape import returns
from greenroom.contracts.harness.attribution import Moment, attribute
from greenroom.contracts.harness.conductor import Conductor
from greenroom.contracts.harness.orders import Choice, Plan, told
from greenroom.contracts.harness.patience import Patience
from greenroom.contracts.harness.recording import CallRecorder, CallRequest, finished, params
from greenroom.contracts.harness.starvation import PROBE
from greenroom.contracts.interfaces import CANCEL, READING
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.secrets import masking
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.turnstile import Turnstile
from greenroom.simulators.core.world import Login, Person, World

REMEMBERED = 16
"""Worlds that are over and still told from others, when something late comes of them."""
FLOOD = 500
"""Requests in one world that no connector needs: what it asks beyond them is answered slowly, and costs little."""
SETTLING = 0.5
"""Seconds after an answer in which late work is still looked for."""


class Harness:
    """Where scenarios play: one connector, one CRM.

    Requests are told apart by the token they carry, since each call gets one of its own: late work of an earlier call
    never lands on a later one. Calls are completed (late work, final state) by :meth:`settle`.
    """

    def __init__(self, simulator: Simulator, bridge: Bridge, *, deadline: float) -> None:
        self._simulator = simulator
        self._bridge = bridge
        self._deadline = deadline
        self.patience = Patience(deadline)
        self._recorders: list[CallRecorder] = []
        self._variants: dict[str, dict[str, str]] = {}
        self._cursors: dict[str, int] = {}
        self._scenario, self._level, self._step, self._number = "call", "documented", 0, 0
        self._aftermath = False
        self._loading: list[Entry] = []
        self._adopted: dict[str, World] = {}
        self._over: dict[str, None] = {}
        self.stories = 0
        self._strays: set[str] = set()

    @property
    def profile(self) -> Profile:
        """The CRM's facts."""
        return self.crm.profile

    @property
    def crm(self) -> Crm:
        """The CRM, for what happens in it behind the connector's back."""
        return self._simulator.crm

    @property
    def deadline(self) -> float:
        """Seconds after which a call is given up."""
        return self._deadline

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return len(self._recorders)

    def site(self, place: int) -> str:
        """Return the name of a site: of those behind the first at first, then of that, and round again.

        Whose bug shows at other sites only is so met in many scenarios, at no further calls.
        """
        sites = self.profile.sites
        return sites[(place + 1) % len(sites)].name

    def enter(self, scenario: str, level: str, number: int) -> None:
        """Begin a scenario: calls are counted from one again, worlds from ``number``, whatever was played before."""
        self._scenario, self._level, self._step, self._number = scenario, level, 0, number

    def clear(self) -> set[str]:
        """Forget all calls: what still carries their tokens is nobody's any more.

        Returns the names of worlds of which something came that nobody has looked at yet.
        """
        known = [len(recorder.late) for recorder in self._recorders]
        self.note_late()
        late = {t.request.world.name for t, number in zip(self._recorders, known, strict=True) if len(t.late) > number}
        strays, self._strays = self._strays | late, set()
        self._recorders.clear()
        self.stories += 1
        self._over |= dict.fromkeys(self._cursors)
        for name in list(self._over)[:-REMEMBERED]:
            del self._over[name]
            self._simulator.forget(self._simulator.worlds[name])
            self._cursors.pop(name)
        return strays

    def afterwards(self) -> None:
        """Cancel once more in a fresh world: it may still be refused, but a connector that hangs is lost for good."""
        self._aftermath = True
        world = self.world()
        self.call(world, world.appointments["target"])
        self._aftermath = False

    def world(
        self,
        *,
        site: str | None = None,
        switches: Mapping[str, str] | None = None,
        faults: Sequence[str] = (),
    ) -> World:
        """Make a fresh world, at the CRM's first site or a named one, with its switches set and faults armed."""
        self.note_late()
        world = self._simulator.new_world(site, switches, self._number or None)
        world.flood = FLOOD
        self._cursors[world.name] = 0  # it may stand in place of another one of its name
        self._number += 1 if self._number else 0
        self._variants[world.name] = {"site": world.site.name, **(switches or {})}
        self.arm_all(world, faults)
        return world

    def share(self, world: World) -> None:
        """Play on in a world as it is by now, whoever made or changed it; others may use it at the same time.

        What it was asked before it was adopted belongs to no call, nor does what others ask: they reach the fake at its
        plain address, while the connector is led to its TLS one.
        """
        self.note_late(final=False)
        if self._adopted.get(world.name) is not world:
            self._adopted[world.name] = world
            self._cursors[world.name] = len(world.journal)
        flipped = {
            name: value for name, value in world.switches.items() if value != world.profile.switches[name].values[0]
        }
        self._variants[world.name] = {"site": world.site.name, **flipped}
        armed = [each.label for each in world.faults if each.taken < each.times]
        self._variants[world.name] |= {"faults": " then ".join(armed)} if armed else {}

    def _strange(self, entry: Entry) -> bool:
        """Tell whether a request is somebody else's: where worlds are shared, one to the fake's plain address."""
        return bool(self._adopted) and entry.scheme == "http" and entry.operation != "external_host"

    def arm_all(self, world: World, faults: Sequence[str]) -> None:
        """Arm faults in a world that is there already; its days are not plain until it is calm again."""
        self._variants[world.name] |= {"faults": " then ".join(faults)} if faults else {}
        for fault in faults:
            self.arm(world, fault)

    def arm(self, world: World, fault: str) -> Armed:
        """Arm a fault, e.g. ``status=503,stage=after-commit``."""
        return world.faults.arm(parse(fault))

    def clear_faults(self, world: World) -> None:
        """Disarm a world's faults: its days are plain again."""
        world.faults.disarm()
        self._variants[world.name].pop("faults", None)

    def out_of_band(self, change: Callable[[World, Person, str], None], world: World, appointment: str) -> None:
        """Let a colleague change an appointment in the CRM's own pages; earlier calls are judged by what was before.

        Where the CRM refuses it, as when the connector has deleted what it should have kept, nothing changes.
        """
        self.note_late()
        with contextlib.suppress(ApiError):
            change(world, world.people["colleague"], appointment)

    def alter(self, world: World, appointment: str, fields: Mapping[str, Any]) -> None:
        """Let an appointment be another one before the connector is called; the calls in that world are not plain."""
        self.crm.edit(world, world.people["owner"], appointment, fields)
        self._variants[world.name] |= {"appointment": ", ".join(f"{name}={value}" for name, value in fields.items())}

    def pause(self) -> None:
        """Wait until all late work is over; what carries an earlier call's token afterwards is no late work."""
        if self._recorders:
            PROBE.sleep(self._recorders[-1].answered + SETTLING)
        self.note_late()
        for recorder in self._recorders:
            recorder.closed = True

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
        return self.call_with(CallRequest(world, params(login, appointment), role, login.token, interface))

    def call_with(self, request: CallRequest) -> Reply:
        """Call an interface as asked, and record everything about it."""
        return self._take(self._prepare(request))

    def at_once(
        self,
        world: World,
        appointment: Any,
        role: str = "owner",
        *,
        login: Login | None = None,
        patience: float | None = None,
    ) -> CallRecorder:
        """Return a call that is ready to be made with others at the same time (:meth:`together`)."""
        login = login or world.log_in(role)
        return self._prepare(CallRequest(world, params(login, appointment), role, login.token, patience=patience))

    def in_order(self, calls: Sequence[CallRecorder], plan: Plan) -> list[Choice]:
        """Make two calls at the same time whose requests pass one by one; return the steps of the order played."""
        turnstile = Turnstile([recorder.carries for recorder in calls])
        for recorder in calls:
            recorder.concurrent = [other for other in calls if other is not recorder]
            recorder.request.world.turnstile = turnstile
        with ThreadPoolExecutor(len(calls)) as pool:
            begin = [partial(pool.submit, self._ask, recorder) for recorder in calls]
            choices = Conductor(turnstile, begin, self._bridge, plan).play()
        for recorder in calls:
            recorder.request.world.turnstile = None
            recorder.record["variant"]["order"] = told(plan, choices)
        self._collect(list(calls))
        return choices

    def together(self, first: CallRecorder, *others: CallRecorder, between: Armed | None = None) -> None:
        """Make calls at the same time; the later ones begin once the fault ``between`` holds a request of the first.

        Where nothing is held, they begin all the same. The fault is released when the later ones have answered.
        """
        for recorder in (first, *others):
            recorder.concurrent = [other for other in (first, *others) if other is not recorder]
        with ThreadPoolExecutor(1 + len(others)) as pool:
            futures = [pool.submit(self._ask, first)]
            if between:
                self._until(lambda: between.reached.is_set() or futures[0].done())
            later = [pool.submit(self._ask, other) for other in others]
            for future in later:
                self._until(future.done)
            if between:
                between.released.set()
            for future in (*futures, *later):
                future.result()
        self._collect([first, *others])

    def _until(self, condition: Callable[[], bool]) -> None:
        limit = time.monotonic() + self._deadline + 5
        while not condition() and time.monotonic() < limit:
            time.sleep(0.0005)

    def _take(self, recorder: CallRecorder) -> Reply:
        reply = self._ask(recorder)
        self._collect([recorder])
        return reply

    def _prepare(self, request: CallRequest) -> CallRecorder:
        self.note_late(final=request.interface not in READING)
        self._simulator.current = request.world
        self._step += 1
        recorder = CallRecorder(self.crm, request)
        place = {"scenario": self._scenario, "step": self._step, "level": self._level, "aftermath": self._aftermath}
        recorder.begin(place, self._variants.get(request.world.name, {}), self._bridge.loaded)
        return recorder

    def _ask(self, recorder: CallRecorder) -> Reply:
        seconds = self.patience.seconds()
        if seconds is None:
            reply = Reply(self.patience.unmade(), 0.0, 0, None)
        else:
            limit = min(recorder.request.patience or seconds, seconds)
            reply = self._bridge.call(recorder.request.interface, recorder.request.params, limit, PROBE.lost)
            reply.outcome = self.patience.outcome(reply.outcome, seconds)
        recorder.end(reply)
        return reply

    def _collect(self, calls: list[CallRecorder]) -> None:
        """Give what was asked meanwhile to the calls that asked it."""
        if self._recorders and any(recorder.found_dead for recorder in calls):
            self._recorders[-1].record["died_late"] = True
        self._recorders += calls
        calls[0].journal += self._loading
        self._loading.clear()
        entries = self._drain()
        moment = Moment(self._recorders, calls, entries)
        for entry in entries:
            if owner := attribute(entry, moment):
                owner.asks(entry)
        self.patience.hangs += sum(map(self._hung, calls))

    def _hung(self, recorder: CallRecorder) -> bool:
        """Tell whether a call hung, and a must is broken by that: the CRM may have told it to wait."""
        if recorder.record["outcome"]["kind"] != "timed-out":
            return False
        call = Call(recorder.complete(recorder.request.world.secrets.mask))
        return any(judge(clause, [call]).outcome == "failed" for clause in (comes_to_an_end, returns))

    def _drain(self) -> list[Entry]:
        """Return the entries of all worlds that were not looked at yet, in order."""
        found: list[Entry] = []
        for name, world in self._simulator.worlds.items():
            entries = world.journal.since(self._cursors.get(name, 0))
            self._cursors[name] = self._cursors.get(name, 0) + len(entries)
            if name not in self._over:
                found += entries
            elif entries:
                self._strays.add(name)
        return sorted((entry for entry in found if not self._strange(entry)), key=lambda entry: entry.seq)

    def note_late(self, *, final: bool = True) -> None:
        """Give what came since the last answer to the calls that left it, and note how their appointments stand.

        Where nothing is about to change, which is not ``final``, that is noted only once late work should be over.
        """
        moment = Moment(self._recorders)
        for entry in self._drain():
            if owner := attribute(entry, moment):
                owner.asks(entry)
            elif entry.operation == "external_host":  # sent as it was loaded: the first call's
                self._loading.append(entry)
        if self._recorders:
            self._recorders[-1].attempts += self._bridge.late_attempts()
        for recorder in self._recorders:
            over = final or time.monotonic() > recorder.answered + SETTLING
            if over and recorder.final_state is None and recorder.request.world is self._recorders[-1].request.world:
                recorder.final_state = recorder.final()

    def settle(self) -> list[dict[str, Any]]:
        """Wait until late work is over, and return every call record, complete and masked."""
        self.pause()
        return self.records()

    def records(self, since: int = 0, until: int | None = None) -> list[dict[str, Any]]:
        """Return the call records from number ``since`` on as they are by now, without waiting for late work."""
        if self._recorders and self._bridge.died():
            self._recorders[-1].record["died_late"] = True
        worlds = [world for name, world in self._simulator.worlds.items() if name not in self._over]
        worlds += {
            recorder.request.world: None
            for recorder in self._recorders[since:until]
            if recorder.request.world not in worlds
        }
        return finished(self._recorders[since:until], masking([world.secrets for world in worlds]))

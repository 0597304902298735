"""The stage of a run: makes worlds, calls the connector in them, and records each call whole."""

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
from greenroom.contracts.interfaces import CANCEL, READING
from greenroom.contracts.scenarios.conductor import Conductor
from greenroom.contracts.scenarios.orders import Choice, Plan, told
from greenroom.contracts.scenarios.patience import Patience
from greenroom.contracts.scenarios.starvation import PROBE
from greenroom.contracts.scenarios.taken import Asked, Taken, params, settled
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.faults.armed import Armed
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.journal import Entry
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.secrets import masking
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.turnstile import Turnstile
from greenroom.simulators.core.world import Login, Person, World

REMEMBERED = 16
"""Worlds that are over and still told from others, when something late comes of them."""
CROWD = 500
"""Requests in one world that no connector needs: what it asks beyond them is answered slowly, and costs little."""
SETTLING = 0.5
"""Seconds after an answer in which late work is still looked for."""


class Stage:
    """Where scenarios play: one connector, one CRM.

    Requests are told apart by the token they carry, since each call gets one of its own: late work of an earlier call
    never lands on a later one. Calls are completed (late work, final standing) by :meth:`settle`.
    """

    def __init__(self, simulator: Simulator, bridge: Bridge, *, deadline: float) -> None:
        self._simulator = simulator
        self._bridge = bridge
        self._deadline = deadline
        self.patience = Patience(deadline)
        self._taken: list[Taken] = []
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
        return len(self._taken)

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
        known = [len(taken.late) for taken in self._taken]
        self.note_late()
        late = {t.asked.world.name for t, number in zip(self._taken, known, strict=True) if len(t.late) > number}
        strays, self._strays = self._strays | late, set()
        self._taken.clear()
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
        world.crowded = CROWD
        self._cursors[world.name] = 0  # it may stand in place of another one of its name
        self._number += 1 if self._number else 0
        self._variants[world.name] = {"site": world.site.name, **(switches or {})}
        self.trouble(world, faults)
        return world

    def adopt(self, world: World) -> None:
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
        return bool(self._adopted) and entry.scheme == "http" and entry.operation != "elsewhere"

    def trouble(self, world: World, faults: Sequence[str]) -> None:
        """Arm faults in a world that is there already; its days are not plain until it is calm again."""
        self._variants[world.name] |= {"faults": " then ".join(faults)} if faults else {}
        for fault in faults:
            self.arm(world, fault)

    def arm(self, world: World, fault: str) -> Armed:
        """Arm a fault, e.g. ``status=503,stage=after-commit``."""
        armed = world.faults.arm(parse(fault))
        self._simulator.heed()
        return armed

    def calm(self, world: World) -> None:
        """Disarm a world's faults: its days are plain again."""
        world.faults.disarm()
        self._variants[world.name].pop("faults", None)
        self._simulator.heed()

    def behind(self, change: Callable[[World, Person, str], None], world: World, appointment: str) -> None:
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
        if self._taken:
            PROBE.sleep(self._taken[-1].answered + SETTLING)
        self.note_late()
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
        return self.call_with(Asked(world, params(login, appointment), role, login.token, interface))

    def call_with(self, asked: Asked) -> Reply:
        """Call an interface as asked, and record everything about it."""
        return self._take(self._prepare(asked))

    def at_once(
        self,
        world: World,
        appointment: Any,
        role: str = "owner",
        *,
        login: Login | None = None,
        patience: float | None = None,
    ) -> Taken:
        """Return a call that is ready to be made with others at the same time (:meth:`together`)."""
        login = login or world.log_in(role)
        return self._prepare(Asked(world, params(login, appointment), role, login.token, patience=patience))

    def in_order(self, calls: Sequence[Taken], plan: Plan) -> list[Choice]:
        """Make two calls at the same time whose requests pass one by one; return the steps of the order played."""
        turnstile = Turnstile([taken.carries for taken in calls])
        for taken in calls:
            taken.rivals = [other for other in calls if other is not taken]
            taken.asked.world.turnstile = turnstile
        with ThreadPoolExecutor(len(calls)) as pool:
            begin = [partial(pool.submit, self._ask, taken) for taken in calls]
            choices = Conductor(turnstile, begin, self._bridge.runs, plan).play()
        for taken in calls:
            taken.asked.world.turnstile = None
            taken.record["variant"]["order"] = told(plan, choices)
        self._collect(list(calls))
        return choices

    def together(self, first: Taken, *others: Taken, between: Armed | None = None) -> None:
        """Make calls at the same time; the later ones begin once the fault ``between`` holds a request of the first.

        Where nothing is held, they begin all the same. The fault is released when the later ones have answered.
        """
        for taken in (first, *others):
            taken.rivals = [other for other in (first, *others) if other is not taken]
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

    def _take(self, taken: Taken) -> Reply:
        reply = self._ask(taken)
        self._collect([taken])
        return reply

    def _prepare(self, asked: Asked) -> Taken:
        self.note_late(final=asked.interface not in READING)
        self._simulator.current = asked.world
        self._step += 1
        taken = Taken(self.crm, asked)
        place = {"scenario": self._scenario, "step": self._step, "level": self._level, "aftermath": self._aftermath}
        taken.begin(place, self._variants.get(asked.world.name, {}), self._bridge.loaded)
        return taken

    def _ask(self, taken: Taken) -> Reply:
        seconds = self.patience.seconds()
        if seconds is None:
            reply = Reply(self.patience.unmade(), 0.0, 0, None)
        else:
            limit = min(taken.asked.patience or seconds, seconds)
            reply = self._bridge.call(taken.asked.interface, taken.asked.params, limit, PROBE.lost)
            reply.outcome = self.patience.outcome(reply.outcome, seconds)
        taken.end(reply)
        return reply

    def _collect(self, calls: list[Taken]) -> None:
        """Give what was asked meanwhile to the calls that asked it."""
        if self._taken and any(taken.found_dead for taken in calls):
            self._taken[-1].record["died_late"] = True
        self._taken += calls
        calls[0].journal += self._loading
        self._loading.clear()
        entries = self._drain()
        for entry in entries:
            owner = self._owner(entry, calls) or self._earlier(entry, entries, calls) or self._nearest(entry, calls)
            own = owner in calls or self._own(entries, calls) or owner.still_owes(entry)
            borrower = None if own else self._fitting(entry, calls)
            (borrower or owner).asks(entry)
        self.patience.hangs += sum(map(self._hung, calls))

    def _hung(self, taken: Taken) -> bool:
        """Tell whether a call hung, and a must is broken by that: the CRM may have told it to wait."""
        if taken.record["outcome"]["kind"] != "timed-out":
            return False
        call = Call(taken.complete(taken.asked.world.secrets.mask))
        return any(judge(clause, [call]).outcome == "failed" for clause in (comes_to_an_end, returns))

    def _earlier(self, entry: Entry, entries: list[Entry], calls: list[Taken]) -> Taken | None:
        """Return the earlier call whose very late work a request is: its token, while those under way use their own.

        Where they do not, it is the earlier one's token that is used for them.
        """
        own = self._own(entries, calls)
        owners = (taken for taken in reversed(self._taken) if taken not in calls and entry.token)
        return next((taken for taken in owners if own and taken.carries(str(entry.token))), None)

    def _own(self, entries: list[Entry], calls: list[Taken]) -> bool:
        """Tell whether calls use tokens of their own, or none; else it is an earlier one's that is used for them."""
        return any(each.token is None or taken.carries(each.token) for taken in calls for each in entries)

    def _fitting(self, entry: Entry, calls: Sequence[Taken]) -> Taken | None:
        """Return the call under way that a request fits."""
        return next((taken for taken in calls if taken.fits(entry) and taken.in_flight(entry)), None)

    def _nearest(self, entry: Entry, calls: list[Taken]) -> Taken:
        """Return the call of a request with an unknown token: of several, the one whose appointment it names."""
        here = [taken for taken in calls if taken.asked.world.name == entry.world] or calls
        return next((taken for taken in here if taken.asked.key == entry.record), here[0])

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

    def _owner(self, entry: Entry, calls: Sequence[Taken] = ()) -> Taken | None:
        """Return the call whose token a request carries, unless that call's late work is over.

        Of several that share a token it is the latest whose appointment is named, if any.
        One call may carry another's token, or name another's appointment: where the one was answered already, it is the
        one of ``calls`` (those under way) that it fits.
        """
        carrying = (taken for taken in reversed(self._taken) if entry.token and taken.carries(entry.token))
        mine = [taken for taken in carrying if not taken.closed]
        owner = next((taken for taken in mine if taken.fits(entry)), mine[0] if mine else None)
        if owner is None or owner.fits(entry) or owner.in_flight(entry):
            return owner
        return self._fitting(entry, calls) or owner

    def note_late(self, *, final: bool = True) -> None:
        """Give what came since the last answer to the calls that left it, and note how their appointments stand.

        Where nothing is about to change, which is not ``final``, that is noted only once late work should be over.
        """
        for entry in self._drain():
            last = next((taken for taken in reversed(self._taken) if taken.asked.world.name == entry.world), None)
            owner = self._owner(entry) or last
            if owner:
                owner.asks(entry)
            elif entry.operation == "elsewhere" and self._taken:  # sent in the background: nobody else was there
                self._taken[-1].asks(entry)
            elif entry.operation == "elsewhere":  # sent as it was loaded: the first call's
                self._loading.append(entry)
        if self._taken:
            self._taken[-1].attempts += self._bridge.late_attempts()
        for taken in self._taken:
            over = final or time.monotonic() > taken.answered + SETTLING
            if over and taken.settled is None and taken.asked.world is self._taken[-1].asked.world:
                taken.settled = taken.final()

    def settle(self) -> list[dict[str, Any]]:
        """Wait until late work is over, and return every call record, complete and masked."""
        self.pause()
        return self.records()

    def records(self, since: int = 0, until: int | None = None) -> list[dict[str, Any]]:
        """Return the call records from number ``since`` on as they are by now, without waiting for late work."""
        if self._taken and self._bridge.died():
            self._taken[-1].record["died_late"] = True
        worlds = [world for name, world in self._simulator.worlds.items() if name not in self._over]
        worlds += {taken.asked.world: None for taken in self._taken[since:until] if taken.asked.world not in worlds}
        return settled(self._taken[since:until], masking([world.secrets for world in worlds]))

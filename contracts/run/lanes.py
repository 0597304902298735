"""Lanes: scenarios run in parallel. Each lane has its own process of the connector and its own fake CRM.

Lanes that only wait share a process whose clocks run faster, where there can be one; there is one for each rate. The
others are shared out over the processes of the run, as one process of Python uses one core only.
"""

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence, Set
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from greenroom.connectors.bridges.process import WorkerProcess
from greenroom.connectors.bridges.target import Target, parse
from greenroom.connectors.bridges.virtual_time import Faster
from greenroom.connectors.errors import BridgeError, ClockError
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.patience import Patience
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.run.certificate import ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import Event, RunStarted, StillPlaying
from greenroom.contracts.run.listening import Others
from greenroom.contracts.run.parts import Lane, Part, grouped, longest_first, named, parted, waits
from greenroom.contracts.run.sharing import TOGETHER, Channel, Helper, Leader, Solo
from greenroom.contracts.run.spawned import Standby
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators import find_crm
from greenroom.simulators.core.crm import Crm

BLOCK = 100
"""World numbers reserved for a scenario, so that its worlds do not depend on other scenarios."""
SILENCE = 5.0
"""Seconds without an event after which a run reports the running scenarios."""
LOADING = 2
"""The number of connectors that load at a time."""

PLACES = {scenario.id: number for number, scenario in enumerate(SCENARIOS)}
"""Where each scenario comes in a run."""

Found = Event | BaseException | None
Work = Callable[[], None]


class Lanes:
    """Plays the scenarios of a run. Afterwards ``records`` holds the calls, ``testbed`` the first lane's.

    ``virtual`` names the lanes that were played in virtual time.
    """

    def __init__(self, config: RunConfig, target: Target, crm: Crm) -> None:
        self._config, self._target, self._crm = config, target, crm
        self._events: queue.Queue[Found] = queue.Queue()
        self._loading = threading.Semaphore(LOADING)
        self._testbeds: list[TestBed] = []
        self._workers: list[WorkerProcess] = []
        self._stopped = threading.Event()
        self._records: list[dict[str, Any]] = []
        self.virtual: set[str] = set()
        self._lock = threading.Lock()
        self._playing: dict[str, None] = {}
        self._others = Others(self._stopped)
        self._team: Solo | Leader | Helper = Solo()
        self._standby = Standby(0)
        self._elsewhere: dict[Channel, Sequence[str]] = {}
        self._started = time.perf_counter()

    @property
    def testbed(self) -> TestBed:
        """The first lane's test bed."""
        return self._testbeds[0]

    @property
    def records(self) -> list[dict[str, Any]]:
        """The calls, in the order of the scenarios."""
        order = {name: number for number, name in enumerate(INTERFACES)}
        return sorted(self._records, key=lambda r: (order[r["interface"]], PLACES[r["scenario"]], r["step"]))

    def play(self) -> Iterator[Event]:
        """Play everything, and yield the events as they happen.

        Raises:
            BridgeError, ConfigError: the connector cannot be reached, or offers nothing that is judged.

        """
        lanes = self._lanes()
        first = next((lane for lane in lanes if not lane[0].virtual), lanes[0])  # in real time, if one is
        with ExitStack() as stack:
            self._standby = Standby(self._config.helpers([*INTERFACES]))
            stack.callback(self._standby.end)
            config = _inside(first, self._config)
            main = stack.enter_context(open_testbed(config, self._target, self._crm))
            self._testbeds.append(main)
            yield self._run_started(main)
            yield from self._side_by_side(self._all(main, first, [lane for lane in lanes if lane is not first]))

    def _run_started(self, main: TestBed) -> Event:
        config, loaded = self._config, main.bridge.loaded
        about = (len(config.plays(loaded.interfaces)), loaded.runtime, config.seed_in_use)
        return RunStarted(self._target.name, config.crm, config.level, *about, config.judged(loaded.interfaces))

    def _all(self, main: TestBed, first: Lane, others: Sequence[Lane]) -> list[Work]:
        """Return what plays all lanes: the first one in the process that is there, others where they can be played."""
        config, interfaces = self._config, main.bridge.loaded.interfaces
        needed, helpers = config.plays(interfaces), config.helpers(interfaces)
        played = [first, *(lane for lane in others if any(scenario in needed for scenario in lane))]
        first, *others = parted(played, config.judged(interfaces), faster=bool(config.faster))
        self._others.begin([first, *others])
        others = longest_first(others)
        shared = [lane for lane in others if helpers and not waits(lane)]
        works = self._works([lane for lane in others if lane not in shared])
        return [*works, *self._shared(shared, helpers, interfaces), partial(self._play, main, first)]

    def help_play(self, helper: Helper, interfaces: Sequence[str]) -> Generator[Event, None, None]:
        """Play lanes of a run that another process leads. ``interfaces``: what the connector exports.

        Raises:
            BridgeError, ConfigError: as in :meth:`play`.

        """
        self._team = helper
        lanes = grouped(self._config.plays(interfaces))
        self._others.begin(parted(lanes, self._config.judged(interfaces), faster=bool(self._config.faster)))
        threading.Thread(target=helper.obey, args=(self._others.over, self._stop), daemon=True).start()
        yield from self._side_by_side([partial(self._one_by_one, helper.take)] * TOGETHER)

    def _works(self, lanes: Sequence[Lane]) -> list[Work]:
        """Return what plays lanes side by side; one process plays all those whose clocks run faster by one rate."""
        library = self._config.faster
        virtual: dict[Faster, list[Lane]] = {}
        for lane in lanes:
            if library and lane[0].virtual:
                virtual.setdefault(Faster(library, lane[0].rate), []).append(lane)
        real = [lane for lane in lanes if not (library and lane[0].virtual)]
        return [
            *(partial(self._faster, waiting, faster) for faster, waiting in virtual.items()),
            *(partial(self._alone, lane) for lane in real),
        ]

    def _shared(self, lanes: Sequence[Lane], helpers: int, interfaces: Sequence[str]) -> list[Work]:
        """Start so many processes beside this one; return what plays lanes here, and what hears of those there."""
        if not lanes:
            return []
        leader = Leader(lanes, [self._standby.begin(_help, self._config, interfaces) for _ in range(helpers)])
        self._team = leader
        here: list[Work] = [partial(self._one_by_one, leader.take)]
        return [*here, *(partial(self._hear, leader, channel) for channel in leader.helpers)]

    def _hear(self, leader: Leader, channel: Channel) -> None:
        """Hear what a helper says until it has played all that it took."""

        def over(told: tuple[Part, float]) -> None:
            part, rate = told
            self._others.over(named(part), rate)
            leader.over(named(part), rate, channel)

        def playing(names: Sequence[str]) -> None:
            self._elsewhere[channel] = names

        def played(event: Event) -> None:
            self._elsewhere.pop(channel, None)
            self._events.put(event)

        heard: dict[str, Callable[[Any], None]] = {
            "over": over,
            "playing": playing,
            "played": played,
            "records": self._add,
            "failed": self._events.put,
        }
        leader.hear(channel, heard)

    def _one_by_one(self, take: Callable[[], Lane | None]) -> None:
        """Play lanes; the next one begins when the one before has been played, which is still listened to."""
        with ExitStack() as stack:
            while not self._stopped.is_set() and (lane := take()):
                thread = threading.Thread(target=self._unheard, args=(partial(self._alone, lane),))
                thread.start()
                stack.callback(thread.join)
                self._others.wait_for(lane)

    def _side_by_side(self, works: Sequence[Work]) -> Iterator[Event]:
        """Do the work of lanes, each in a thread, and yield the events."""
        with ExitStack() as stack:
            stack.callback(self._stop)
            threads = [threading.Thread(target=self._guarded, args=(work,)) for work in works]
            for thread in threads:
                thread.start()
                stack.callback(thread.join)
            stack.callback(self._stop)
            yield from self._awaited(len(threads))

    def again(self, names: Set[str], *, alone: bool) -> Iterator[Event]:
        """Play some lanes again, in real time. Their records replace the earlier ones.

        ``alone``: one after the other; else side by side.

        Raises:
            BridgeError, ConfigError: as in :meth:`play`.

        """
        lanes = [lane for lane in self._lanes() if lane[0].lane in names]
        known = {scenario.id for lane in lanes for scenario in lane}
        self._records = [record for record in self._records if record["scenario"] not in known]
        self.virtual -= names
        self._team = Solo()
        works = [partial(self._alone, lane) for lane in lanes]
        for together in [[work] for work in works] if alone else [works]:
            self._stopped.clear()
            yield from self._side_by_side(together)

    def _lanes(self) -> list[Lane]:
        return grouped(self._config.plays())

    def _awaited(self, lanes: int) -> Iterator[Event]:
        """Yield the lanes' events until all have ended (each sends None). Raise the first failure."""
        while lanes:
            try:
                found = self._events.get(timeout=SILENCE)
            except queue.Empty:
                playing = [*self._playing, *(name for names in self._elsewhere.values() for name in names)]
                if playing:  # else the run only waits for late work
                    yield StillPlaying(playing, time.perf_counter() - self._started)
                continue
            if found is None:
                lanes -= 1
            elif isinstance(found, BaseException):
                raise found
            else:
                yield found

    def _faster(self, lanes: Sequence[Lane], faster: Faster) -> None:
        """Play lanes in one process whose clocks run faster; each in its own where its runtime has no such clocks."""
        try:
            self._alone([scenario for lane in lanes for scenario in lane], faster)
            self.virtual |= {lane[0].lane for lane in lanes}
        except ClockError:
            if self._config.time == "virtual":
                raise
            with ExitStack() as stack:
                for lane in lanes:
                    thread = threading.Thread(target=self._unheard, args=(partial(self._alone, lane),))
                    thread.start()
                    stack.callback(thread.join)

    def _alone(self, scenarios: list[Scenario], faster: Faster | None = None) -> None:
        """Play scenarios in a process and a fake CRM of their own."""
        with ExitStack() as stack:
            with self._loading:
                if self._stopped.is_set():
                    return
                config = _inside(scenarios, self._config)
                begun = open_testbed(config, self._target, self._crm, self._begun, faster=faster)
                own = stack.enter_context(begun)
            with self._lock:
                self._testbeds.append(own)
            self._play(own, scenarios)

    def _begun(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._workers.append(worker)
        if self._stopped.is_set():
            worker.end()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do a lane's work, and say when it is over."""
        try:
            self._unheard(work)
        finally:
            self._events.put(None)

    def _unheard(self, work: Callable[[], None]) -> None:
        """Do a lane's work. A failure ends the run, unless the run is already ending."""
        try:
            work()
        except BaseException as error:
            if not self._stopped.is_set():
                self._events.put(error)

    def _play(self, ready: TestBed, scenarios: list[Scenario]) -> None:
        names = self._config.judged(ready.bridge.loaded.interfaces)
        lanes = {scenario.lane for scenario in scenarios}
        patience = {(lane, name): Patience(self._config.deadline, limited=True) for lane in lanes for name in names}
        for scenario in scenarios:
            if scenario.when_others_are_over:
                ready.harness.prepare()
                self._others.wait()
            for name in names:
                if self._stopped.is_set():
                    return
                if name in scenario.interfaces:
                    ready.harness.patience = patience[scenario.lane, name]
                    self._events.put(self._played(ready.harness, scenario, INTERFACES[name]))
            self._others.over(scenario, ready.bridge.rate)
            self._team.over(scenario, ready.bridge.rate)
        ready.harness.prepare()
        self._others.listen()
        self._add(ready.harness.settle())

    def _add(self, records: Sequence[dict[str, Any]]) -> None:
        with self._lock:
            self._records += records

    def _played(self, harness: Harness, scenario: Scenario, interface: Interface) -> ScenarioPlayed:
        """Play one scenario for one interface."""
        started, before = time.perf_counter(), harness.calls
        self._playing[scenario.id] = None
        place = list(INTERFACES).index(interface.name) * len(SCENARIOS) + PLACES[scenario.id]
        harness.enter(scenario.id, scenario.level, place * BLOCK + 1, interface)
        scenario.play(harness, interface)
        self._playing.pop(scenario.id, None)
        seconds, calls = time.perf_counter() - started, harness.calls - before
        return ScenarioPlayed(scenario.id, scenario.title, scenario.lane, calls, seconds, interface.name)

    def _stop(self) -> None:
        """End the calls in progress if the run ends early."""
        self._stopped.set()
        self._others.wake()
        self._team.end()
        with self._lock:
            for each in self._testbeds:
                each.bridge.close()
            for worker in self._workers:
                worker.end()


def _inside(lane: list[Scenario], config: RunConfig) -> RunConfig:
    """Return a run with the variables of a lane's process; those that the user sets win."""
    return replace(config, env={**lane[0].env, **config.env})


def _help(config: RunConfig, interfaces: Sequence[str], connection: Connection) -> None:
    """Help another process: the main function of this one."""
    helper = Helper(connection)
    lanes = Lanes(config, parse(config.target), find_crm(config.crm))
    try:
        with closing(lanes.help_play(helper, interfaces)) as events:
            for event in events:
                if isinstance(event, StillPlaying):
                    helper.channel.tell("playing", event.scenarios)
                else:
                    helper.channel.tell("played", event)
        helper.channel.tell("records", lanes.records)
    except Exception as error:  # such as one that only this process could read
        kind = next((kind for kind in (BridgeError, ConfigError) if isinstance(error, kind)), RuntimeError)
        helper.channel.tell("failed", kind(str(error)))

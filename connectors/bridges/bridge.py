"""The bridge: calls a connector in its own process and says how each call ended."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, Self

from greenroom.connectors.bridges import explain, stragglers
from greenroom.connectors.bridges.channel import Message
from greenroom.connectors.bridges.lines import Lines
from greenroom.connectors.bridges.notes import Notes, Unseen
from greenroom.connectors.bridges.process import Extend, WorkerProcess, environment, not_extended, nothing
from greenroom.connectors.bridges.proxy import Proxy
from greenroom.connectors.bridges.redirect import descendants, starting
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import Target
from greenroom.connectors.bridges.virtual_time import Faster, Moments
from greenroom.connectors.errors import ClockError, LoadError, WorkerError

LOADING, FIRST = 0, 2
"""How a worker's output counts its steps: what came before any call, and its first call."""
LOAD_LIMIT = 60.0
"""Seconds that importing a connector may take."""
MOST_ATTEMPTS = 1000
"""Attempts to reach other hosts that are kept of one call."""


@dataclass(frozen=True)
class Loaded:
    """What a connector offers: its interfaces, the behaviour it declares (or None), its file, its runtime.

    ``misfits`` says of an interface why it cannot be called with its inputs.

    ``defined`` says where the function of each interface is, as ``file:line``.

    Where it offers none, ``nested`` names attributes that would, ``exports`` functions that are there instead.
    """

    interfaces: tuple[str, ...]
    cancellation: Any
    file: str | None
    runtime: str
    nested: tuple[str, ...]
    exports: tuple[str, ...] = ()
    misfits: Mapping[str, str] = field(default_factory=dict)
    defined: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """``python`` or ``javascript``: how its author writes."""
        return "python" if self.runtime.startswith("Python") else "javascript"


@dataclass
class Reply:
    """How one call ended.

    ``outcome`` has a ``kind``: ``returned`` (with ``value``, or ``unrepresentable``: why it is not JSON), ``raised``
    (with ``error``), ``timed-out`` or ``crashed`` (with ``exit``, the exit code where known). ``found_dead``: the
    process had ended since the call before, and this call got a new one. ``weakened``: settings of the whole process
    that turn off the check of certificates. ``ended``: when the connector ended, in seconds of the monotonic
    clock, as its own process says where it does; ``heard``: when this process heard of it.
    ``suspects``: what its process had done by then that may send requests unseen.
    ``worker`` is None where no call was made.
    """

    outcome: dict[str, Any]
    seconds: float
    seq: int
    worker: WorkerProcess | None
    attempts: list[Message] = field(default_factory=list)
    found_dead: bool = False
    weakened: list[str] = field(default_factory=list)
    ended: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    suspects: Callable[[], list[str]] = list

    def printed(self, *, late: bool = False) -> dict[str, str]:
        """Return what the connector printed during the call, or after its end; the first call has its loading, too."""
        steps = (LOADING, self.seq) if self.seq == FIRST and not late else (self.seq,)
        return {name: self._text(name, steps, late=late) for name in ("stdout", "stderr")}

    def counts(self) -> list[tuple[int, ...]]:
        """Return what changes as soon as there is more that the connector has printed of the call."""
        streams = (self.worker.stdout, self.worker.stderr) if self.worker else ()
        steps = (LOADING, self.seq) if self.seq == FIRST else (self.seq,)
        return [stream.counts(step) for stream in streams for step in steps]

    def _text(self, stream: str, steps: Sequence[int], *, late: bool) -> str:
        texts = [getattr(self.worker, stream).text(step, late=late) for step in steps if self.worker]
        return "\n".join(filter(None, texts))


class Bridge:
    """A connector, ready to be called.

    ``lines`` knows which of its lines its requests came from.
    ``on_connect`` hears of each connection to the CRM as it begins: host and port as the connector named them;
    ``on_start`` of each worker, before it loads the connector.
    ``load_limit`` is how many seconds importing it may take. ``faster``: how its clocks run faster; the deadlines of
    calls are by its clocks.
    A worker that hangs or dies is replaced at the next call, and only then is a start paid.

    Raises:
        BridgeError: the connector cannot be reached; which subclass says at what stage.

    """

    def __init__(  # noqa: PLR0913 - all but three have a default
        self,
        target: Target,
        route: Route,
        interfaces: Mapping[str, Mapping[str, Sequence[str]]],
        *,
        runtime: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        load_limit: float = LOAD_LIMIT,
        faster: Faster | None = None,
        on_connect: Callable[[str, int], None] = lambda _host, _port: None,
        on_start: Callable[[WorkerProcess], None] = lambda _worker: None,
    ) -> None:
        self._target, self._route, self._interfaces = target, route, interfaces
        self._command = tuple(runtime) or target.language.command
        self._notes, self._unseen, self._proxy = Notes(), Unseen(), Proxy(route, self._note)
        self._descendants = descendants(route, self._proxy.url, self._notes.path)
        extra = {**starting(self._descendants), **target.language.trust(route.certificate), **(env or {})}
        self._env = environment(extra | (faster.variables(extra) if faster else {}))
        self._faster, self.rate = faster, faster.rate if faster else 1.0
        self._moments = Moments(self.rate)
        self._load_limit = load_limit
        self.lines = Lines(target.path.parent if target.path else None)
        self._attempts: list[Message] = []
        self._on_connect, self._on_start = on_connect, on_start
        self._worker: WorkerProcess | None = None
        self._running: Counter[WorkerProcess] = Counter()
        self._lock = threading.Lock()
        self._closed = False
        try:
            self.loaded = self._load()
        except BaseException:
            self.close()
            raise

    def _load(self) -> Loaded:
        worker = WorkerProcess(self._command, self._target.language.worker, self._env, self._note)
        begun = time.monotonic()
        self._worker, self._unseen, self._moments = worker, Unseen(), Moments(self.rate)
        self._on_start(worker)
        try:
            _, answer = worker.ask(self._load_message(worker.marker), self._load_limit)
        except TimeoutError:
            self._replace()
            raise LoadError(explain.too_slow(self._target, self._load_limit)) from None
        except BaseException:
            self._replace()
            raise
        if answer is None or answer["type"] != "loaded":
            self._replace()
            raise self._not_loaded(worker, answer)
        passed = answer.get("now", 0.0) - worker.now
        if self._faster and not self._faster.shows(passed, time.monotonic() - begun):
            self._replace()
            raise ClockError(explain.real_time(self._target, worker.runtime))
        return Loaded(
            tuple(answer["interfaces"]),
            answer["cancellation"],
            answer["file"],
            worker.runtime,
            tuple(answer["nested"]),
            tuple(answer.get("exports", ())),
            answer.get("misfits", {}),
            {name: self.lines.short(place) for name, place in answer.get("defined", {}).items()},
        )

    def _note(self, message: Message) -> None:
        if "moment" in message:
            message = {**message, "moment": self._moments.ours(message["moment"])}
        self.lines.take(message)
        if message["type"] == "connect":
            self._on_connect(message["host"], message["port"])
        elif message["type"] == "attempt" and len(self._attempts) < MOST_ATTEMPTS:
            at = {"at": list(map(self.lines.short, message["at"]))} if "at" in message else {}
            self._attempts.append({**message, **at})
        self._unseen.take(message)

    def look(self) -> None:
        """Take note of what the connector's process has told by now."""
        if worker := self._worker:
            worker.look()

    def _listen(self) -> None:
        """Take what the process has told, and what threads and children wrote down."""
        self.look()
        for message in self._notes.new():
            self._note(message)

    def _load_message(self, marker: str) -> Message:
        target = self._target
        return {
            "type": "load",
            "path": str(target.path) if target.path else None,
            "module": target.module,
            "attribute": target.attribute,
            "interfaces": self._interfaces,
            **self._route.message(),
            "descendants": self._descendants,
            "marker": marker,
        }

    def _not_loaded(self, worker: WorkerProcess, answer: Message | None) -> LoadError | WorkerError:
        if answer is None:
            code = worker.exit_code()
            worker.stderr.join()
            return WorkerError(explain.died(self._target, code, worker.stderr.text(LOADING)))
        return LoadError(explain.not_loaded(self._target, answer["stage"], answer["error"]))

    def check_signatures(self, wanted: Sequence[str]) -> None:
        """Check that the connector takes the inputs of the interfaces that are wanted, where it offers them.

        Raises:
            LoadError: it does not.

        """
        wrong = [reason for name, reason in self.loaded.misfits.items() if name in wanted]
        if wrong:
            raise LoadError(explain.misfit(self._target, wrong[0]))

    def no_offer(self, wanted: Sequence[str]) -> str:
        """Say that the connector, as it is loaded, offers none of the interfaces that are wanted."""
        line = self._target.language.offering(wanted[0], self._interfaces[wanted[0]]["required"])
        return explain.no_offer(self._target, wanted, self.loaded.nested, self.loaded.exports, line)

    def call(
        self,
        interface: str,
        params: Mapping[str, Any],
        deadline: float,
        extend: Extend = not_extended,
        meanwhile: Callable[[], None] = nothing,
    ) -> Reply:
        """Call an interface; ``deadline`` in seconds. Several threads may call at the same time.

        ``extend`` says by how many seconds the deadline is extended once it is reached, twice at most. ``meanwhile``
        is done while the connector is at work.

        Raises:
            BridgeError: the worker broke the protocol, or a new one cannot be started.

        """
        with self._lock:
            if self._closed:
                raise WorkerError(f"{self._target.name} was called after its end")
            found_dead = self.died()
            if found_dead or self._worker is None:
                self._retire(self._worker)
                self._load()
            worker = self._worker
            if worker is None:
                raise WorkerError(f"{self._target.name} has no worker")
            self._running[worker] += 1
        started = time.monotonic()
        try:
            message = {"type": "call", "interface": interface, "params": dict(params)}
            seq, outcome = self._ask(worker, message, deadline, extend, meanwhile)
        finally:
            self._left(worker)
        ended_at, heard = outcome.pop("ended", None), time.monotonic()
        sound = (
            isinstance(ended_at, (int, float)) and started <= ended_at <= heard
        )  # or the connector has changed its clock
        ended = float(ended_at) if sound else heard
        for stream in (worker.stdout, worker.stderr):
            stream.wait(seq, 1.0 if outcome["kind"] in ("returned", "raised") else 0.1)
        attempts = self.late_attempts()
        weakened = outcome.pop("weakened", [])
        suspects = partial(self._unseen.left, self._unseen.keys())
        return Reply(outcome, ended - started, seq, worker, attempts, found_dead, weakened, ended, heard, suspects)

    def _ask(
        self,
        worker: WorkerProcess,
        message: Message,
        deadline: float,
        extend: Extend,
        meanwhile: Callable[[], None],
    ) -> tuple[int, Message]:
        try:
            seq, answer = worker.ask(message, deadline / self.rate, extend, meanwhile)
        except TimeoutError as error:
            self._give_up(worker)
            return error.args[0], {"kind": "timed-out", "deadline": deadline}
        return seq, self._outcome(worker, answer)

    def _outcome(self, worker: WorkerProcess, answer: Message | None) -> dict[str, Any]:
        if answer is None:
            self._give_up(worker)
            return {"kind": "crashed", "exit": worker.exit_code()}
        if answer["outcome"] == "exiting":
            self._give_up(worker)
            return {"kind": "crashed", "exit": None, "error": self._located(answer["error"])}
        more = {"weakened": answer.get("weakened", []), "ended": answer.get("ended")}
        if answer["outcome"] == "raised":
            return {"kind": "raised", "error": self._located(answer["error"]), **more}
        more |= {"at": self.lines.short(answer["at"])} if "at" in answer else {}
        return {"kind": "returned", "value": answer["value"], "unrepresentable": answer.get("unrepresentable"), **more}

    def _located(self, error: dict[str, Any]) -> dict[str, Any]:
        """Return an error with its line, where it is known, as ``at``."""
        found = {"at": self.lines.short(error["place"])} if error.get("place") else {}
        return {**{name: value for name, value in error.items() if name != "place"}, **found}

    def _give_up(self, worker: WorkerProcess) -> None:
        """Let the next call have a new worker; this one ends with the last call that is still in it."""
        with self._lock:
            if self._worker is worker:
                self._worker = None

    def _left(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._running[worker] -= 1
            if self._worker is not worker:
                self._retire(worker)

    def _retire(self, worker: WorkerProcess | None) -> None:
        if worker is not None and self._running[worker] <= 0:
            worker.end()
            del self._running[worker]

    def runs(self) -> bool:
        """Tell whether the connector's process has work to do now, rather than waiting for something."""
        worker = self._worker
        return worker is not None and worker.runs()

    def stand_still(self) -> bool:
        """Stop the connector's process until :meth:`go_on`: what is sent to it waits. Return whether that worked."""
        worker = self._worker
        return worker is not None and worker.signal("SIGSTOP")

    def go_on(self) -> None:
        """Let a process go on that stands still."""
        if worker := self._worker:
            worker.signal("SIGCONT")

    def died(self) -> bool:
        """Tell whether the connector's process ended by itself since the last call."""
        return self._worker is not None and self._worker.ended()

    def late_attempts(self) -> list[Message]:
        """Return attempts to reach other hosts since the last call, and forget them."""
        self._listen()
        attempts, self._attempts[:] = list(self._attempts), []
        return attempts

    def restart(self) -> None:
        """Start the connector in a fresh process: whatever it kept is forgotten.

        Raises:
            BridgeError: it does not start or load any more.

        """
        self._replace()
        self.loaded = self._load()

    def _replace(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def close(self) -> None:
        """End the connector's process, and what it started; calls that are under way end as crashed."""
        again, self._closed = self._closed, True
        lives = self._worker is not None or bool(self._running)
        self._replace()
        for worker in list(self._running):
            worker.end()
        if lives or not again:  # who looks for them reads about every process of this machine
            stragglers.end_those_with(str(self._route.certificate))
        self._proxy.close()
        self._notes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

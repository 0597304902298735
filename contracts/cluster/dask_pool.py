"""Workers of a Dask cluster. Needs the extra ``greenroom[cluster]``; nobody else imports Dask."""

import contextlib
import json
import logging
import re
import tempfile
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from distributed import Client, Future, LocalCluster, get_worker, wait

from greenroom.connectors.bridges import systems
from greenroom.contracts.cluster.bundle import Bundle
from greenroom.contracts.cluster.engine import Answer, ClusterError, Lost, SchedulerLostError, Unit
from greenroom.contracts.cluster.player import Player, PrepareError, ready

LOOPBACK = "127.0.0.1"
SILENT = logging.CRITICAL + 1
REACHED_WITHIN = 10
"""Seconds in which a scheduler must be reached."""
STARTED_WITHIN, RESTING = 60.0, 5.0
"""Seconds in which a local worker is back: while its guard starts it, and while its guard does nothing."""
FETCHED_WITHIN = 30.0
"""Seconds in which a worker hands over a result that it has; after that it counts as lost."""


@contextlib.contextmanager
def opened(cluster: str, bundle: Bundle) -> Iterator["DaskPool"]:
    """Open a cluster: ``local:N`` starts N workers on loopback, an address is that of a scheduler.

    Raises:
        ClusterError: it is neither, or the scheduler cannot be reached.

    """
    _silence()
    for harmless in ("Sending large graph", "Creating scratch directories"):  # a folder travels once; a disk is busy
        warnings.filterwarnings("ignore", harmless, UserWarning)
    local = re.fullmatch(r"local:([1-9]\d*)", cluster)
    with contextlib.ExitStack() as stack:
        address: Any = stack.enter_context(_local(int(local[1]))) if local else cluster
        client = stack.enter_context(_client(address, cluster))
        yield DaskPool(client, bundle, Guards(address).look if local else lambda: None)


def _silence() -> None:
    """Let Dask say nothing: what is lost is said by the result."""
    known = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    for name in ("distributed", *known):
        logging.getLogger(name).setLevel(SILENT)


class Guards:
    """Looks after the guards of local workers: a worker that is killed as it starts may be given up."""

    def __init__(self, cluster: LocalCluster) -> None:
        self._cluster, self._number = cluster, len(cluster.worker_spec)
        self._since: dict[Any, float] = {}

    def look(self) -> None:
        """Have workers started again that have been gone for too long."""
        self._cluster.loop.add_callback(self._restart)

    def _restart(self) -> None:
        guards, there = self._cluster.workers, {each.name for each in self._cluster.scheduler.workers.values()}
        self._since = {name: self._since.get(name, time.monotonic()) for name in guards if name not in there}
        gone = [name for name, since in self._since.items() if time.monotonic() - since > _patience(guards[name])]
        for name in gone:
            self._cluster.loop.add_callback(guards.pop(name).close)
            del self._since[name]
        if len(guards) < self._number:  # Dask gives some up by itself
            self._cluster.scale(self._number)


def _patience(guard: Any) -> float:
    """Return the seconds that a guard has to bring its worker back."""
    given_up = guard.status.name in ("failed", "closed")
    idle = guard.process is None or guard.process.status.name in ("failed", "stopped")
    return RESTING if given_up or idle else STARTED_WITHIN


@contextlib.contextmanager
def _local(workers: int) -> Iterator[LocalCluster]:
    with tempfile.TemporaryDirectory(prefix="greenroom-", ignore_cleanup_errors=True) as scratch:
        try:
            cluster = _started(workers, scratch)
        except (RuntimeError, OSError, TimeoutError) as error:
            why = str(error).partition("\n")[0] or type(error).__name__
            raise ClusterError(f"local workers could not be started ({why}); run it again, or use fewer") from None
        try:
            yield cluster
        finally:
            with contextlib.suppress(TimeoutError, OSError):
                cluster.close(timeout=REACHED_WITHIN)


def _started(workers: int, scratch: str) -> LocalCluster:
    """Start local workers."""
    with systems.held_back(systems.ENDING):
        get_context("spawn").Lock()  # what keeps account of it lets signals through as it starts, in this thread
    with systems.held_back(systems.ENDING):  # for good in the processes that start here: we tell them the end
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            scheduler_kwargs={"dashboard": False, "dashboard_address": f"{LOOPBACK}:0"},
            silence_logs=SILENT,
            memory_limit=0,
            local_directory=scratch,
        )


@contextlib.contextmanager
def _client(address: Any, name: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=REACHED_WITHIN, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise ClusterError(
            f"no scheduler at '{name}' ({str(error).splitlines()[0] or type(error).__name__}); use tcp://HOST:PORT, "
            "tls://HOST:PORT or local:N"
        ) from None
    try:
        yield client
    finally:
        with contextlib.suppress(TimeoutError, OSError):
            client.close(timeout=1)


class DaskPool:
    """Workers by their addresses. Each plays one unit at a time, however many threads it has."""

    def __init__(self, client: Client, bundle: Bundle, renew: Callable[[], None]) -> None:
        self._client, self._renew = client, renew
        self._playing: dict[str, tuple[Unit, Future]] = {}
        self._run = uuid.uuid4().hex[:8]
        name = f"greenroom-folder-{bundle.digest}"
        self._bundle = client.submit(_same, bundle, key=name)  # workers have it from each other, or make it anew

    def idle(self) -> Sequence[str]:
        """Return the workers that play nothing."""
        self._renew()
        return [worker for worker in self._there() if worker not in self._playing]

    def _there(self) -> list[str]:
        """Return the workers of the cluster.

        Raises:
            SchedulerLostError: the scheduler does not answer.

        """
        if self._client.status == "running":
            with contextlib.suppress(OSError, TimeoutError):
                return sorted(self._client.nthreads())
        raise SchedulerLostError("the scheduler was lost")

    def hand(self, worker: str, unit: Unit) -> None:
        """Let a worker play a unit, and no other one: who is lost is counted here."""
        key = f"greenroom-{self._run}-{unit.name}-{uuid.uuid4().hex[:8]}"
        order = json.dumps(unit.order)
        future = self._client.submit(_play, order, self._bundle, key=key, workers=[worker], pure=False)
        self._playing[worker] = (unit, future)

    def heard(self, seconds: float) -> Sequence[Answer | Lost]:
        """Return what became of units."""
        futures = [future for _, future in self._playing.values()]
        with contextlib.suppress(TimeoutError), self._client.as_current():
            if futures:
                wait(futures, timeout=seconds, return_when="FIRST_COMPLETED")
            else:
                time.sleep(seconds)
        there = set(self._there())
        found = (self._outcome(worker, worker in there) for worker in list(self._playing))
        return [each for each in found if each]

    def _outcome(self, worker: str, there: bool) -> Answer | Lost | None:  # noqa: FBT001
        """Return what became of a worker's unit, or None while it is played."""
        unit, future = self._playing[worker]
        if future.status == "pending" and there:
            return None
        del self._playing[worker]
        try:
            return self._answer(unit, worker, future) if there else Lost(unit, worker)
        finally:
            future.cancel()

    def _answer(self, unit: Unit, worker: str, future: Future) -> Answer | Lost:
        """Return the answer of a unit that is played; its worker may be lost before it has handed it over."""
        if future.status == "error":
            return Answer(unit, worker, {"refused": f"it cannot play: {future.exception(timeout=1)!r}"})
        try:
            answer = json.loads(future.result(timeout=FETCHED_WITHIN))
        except Exception:
            self._there()
            return Lost(unit, worker)
        return Lost(unit, worker) if "lost" in answer else Answer(unit, worker, answer)


def _same(bundle: Bundle) -> Bundle:
    return bundle


_PLAYERS: dict[str, Player | str] = {}
"""What plays in this worker, by the bundle's digest; or why there is nothing."""
_PREPARING = threading.Lock()


def _play(order: str, bundle: Bundle) -> str:
    """Play a unit on its worker; orders and answers are JSON."""
    player = _player(bundle)
    return json.dumps({"refused": player} if isinstance(player, str) else player.play(json.loads(order)))


def _player(bundle: Bundle) -> Player | str:
    """Return what plays a bundle here: the first unit makes the folder ready, once for each worker."""
    with _PREPARING:
        if bundle.digest not in _PLAYERS:
            try:
                _PLAYERS[bundle.digest] = ready(bundle, Path(get_worker().local_directory))
            except PrepareError as error:
                _PLAYERS[bundle.digest] = str(error)
        return _PLAYERS[bundle.digest]

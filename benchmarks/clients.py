"""Many clients at once (hold: no error, no worker held by a client that says nothing or not enough)."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from cheroot.workers.threadpool import WorkerThread

from benchmarks.timing import Client, micro, quantile
from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator

CLIENTS, REQUESTS = 200, 20
IDLE = 50
HALF = b"GET /api/v4/calendar_entries/1 HTTP/1.1\r\nHost: app.clio.com\r\n"
Outcome = tuple[float, str | None]
"""How long a request took, and what was wrong with it."""


def measure() -> dict[str, str]:
    figures: dict[str, str] = {}
    with Simulator(CRMS["clio"]) as simulator, ProcessPoolExecutor(1, get_context("spawn")) as pool:
        world, port = simulator.current, simulator.port or 0
        world.flip({"rate-limit": "off"})
        token = world.log_in("owner").auth_header
        path = f"/api/v4/calendar_entries/{world.appointments['target']}"
        for name, said in (("silent", b""), ("slow", HALF)):
            with _idle(port, said):
                figures[f"workers held by {IDLE} {name} clients"] = str(_held())
                outcomes = pool.submit(crowd, port, token, path).result()
                figures[f"{CLIENTS} keep-alive clients beside {IDLE} {name} ones"] = _told(outcomes)
    return figures


def crowd(port: int, token: str, path: str) -> list[Outcome]:
    """Let clients ask at the same time, each over a connection of its own, in a process that is not the server's."""
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=_ask, args=(port, token, path, outcomes)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _ask(port: int, token: str, path: str, outcomes: list[Outcome]) -> None:
    client = Client(port, {"Authorization": token})
    for _ in range(REQUESTS):
        started = time.perf_counter()
        try:
            status = client.ask("GET", path)
            wrong = None if status == 200 else str(status)
        except OSError as error:
            wrong = repr(error)
        outcomes.append((time.perf_counter() - started, wrong))
    client.close()


def _told(outcomes: list[Outcome]) -> str:
    errors = [wrong for _, wrong in outcomes if wrong]
    times = [seconds for seconds, _ in outcomes]
    told = f"{len(errors)} errors in {len(outcomes):,} requests"
    return f"{told}, median {micro(quantile(times, 0.5))}, 99th percentile {micro(quantile(times, 0.99))}"


@contextlib.contextmanager
def _idle(port: int, said: bytes) -> Iterator[None]:
    """Keep connections open over which so much was said, and no more."""
    with contextlib.ExitStack() as stack:
        for _ in range(IDLE):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(said)
        time.sleep(0.5)  # until the server has seen all of them
        yield


def _held() -> int:
    """Return how many threads of servers are busy with a connection."""
    workers = [thread for thread in threading.enumerate() if isinstance(thread, WorkerThread)]
    return sum(worker.conn is not None for worker in workers)

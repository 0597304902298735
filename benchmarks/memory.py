"""Memory of a world, and of the requests that its journal keeps (bounded: a journal keeps the latest entries only)."""

import tracemalloc
from collections.abc import Callable
from functools import partial

from benchmarks.timing import Client
from greenroom.simulators import CRMS
from greenroom.simulators.core.journal import KEPT
from greenroom.simulators.core.simulator import Simulator

WORLDS, REQUESTS = 100, 1000


def measure() -> dict[str, str]:
    figures: dict[str, str] = {}
    for crm in CRMS:
        with Simulator(CRMS[crm]) as simulator:
            simulator.new_world()
            figures[f"{crm}: memory of a world"] = f"{_grown(partial(_worlds, simulator)) / WORLDS / 1024:.0f} KiB"
    with Simulator(CRMS["clio"]) as simulator:
        world = simulator.current
        world.flip({"rate-limit": "off"})
        client = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
        path = f"/api/v4/calendar_entries/{world.appointments['target']}"
        grown = _grown(lambda: [client.ask("GET", path) for _ in range(REQUESTS)])
        client.close()
    figures[f"clio: memory of 1,000 journal entries (of {KEPT:,} at most)"] = f"{grown / 1024:.0f} KiB"
    return figures


def _worlds(simulator: Simulator) -> list[object]:
    return [simulator.new_world() for _ in range(WORLDS)]


def _grown(work: Callable[[], object]) -> int:
    """Return by how many bytes memory grew, as long as what the work returns is kept."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = work()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return after - before

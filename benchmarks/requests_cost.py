"""Cost of a simulator's request against a plain Flask route, seen from outside (hold: at most 1.4x; growth 1.2x)."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from benchmarks.plain import CHEROOT, LISTENER, PATH
from benchmarks.timing import Client, each, median_ratio, micro, quantile, quiet_ratio
from benchmarks.wire import UPDATE, Wire, clio_requests, serving, serving_clio, written
from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

COUNT = 400
MANY = 12_000
"""Requests whose tail is looked at: more than a journal keeps."""


def measure() -> dict[str, str]:
    """Ask each server over one connection; every server has a process of its own."""
    with serving_clio() as (port, told), serving("benchmarks.plain") as plain:
        get, patch = clio_requests(told)
        fake = Wire(port)
        figures = dict(_compared(fake, {"GET": get, "PATCH": patch}, plain))
        figures |= _tail(partial(fake.ask, get))
    with Simulator(CRMS["clio"]) as simulator:
        return figures | _growth(simulator)


def _compared(fake: Wire, ours: Mapping[str, bytes], plain: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield each request's ratio to a plain one: on the same listener, and on cheroot's own server."""
    for server, where in ((LISTENER, ""), (CHEROOT, f", {CHEROOT}")):
        bare = Wire(plain[server])
        for method, request in ours.items():
            least = written(method, PATH, {"Content-Type": "application/json"}, UPDATE if method == "PATCH" else "")
            first, second, ratio = quiet_ratio(partial(fake.ask, request), partial(bare.ask, least), COUNT)
            yield f"clio {method} / plain Flask {method}{where}", f"{micro(first)} / {micro(second)} = {ratio:.2f}x"


def _tail(work: Callable[[], object]) -> dict[str, str]:
    times = each(work, MANY)
    told = f"{micro(quantile(times, 0.99))}, the longest {micro(times[-1])}"
    return {f"clio GET, 99th percentile of {MANY:,}": told}


def _growth(simulator: Simulator) -> dict[str, str]:
    def cancelling(world: World, first: int) -> Callable[[], object]:
        ids = iter(range(first, first + 10_000))
        simulator.current = world
        token = world.log_in("owner").auth_header
        client = Client(simulator.port or 0, {"Authorization": token})
        return lambda: client.ask("DELETE", f"/api/v4/calendar_entries/{next(ids)}")

    worlds = [filled(simulator, number) for number in (2_900, 12_800)]
    small, large, _ = median_ratio(cancelling(worlds[0], 0), cancelling(worlds[1], 0), 400)
    told = f"{micro(large)} / {micro(small)} = {large / small:.2f}x"
    return {"clio DELETE among 10,000 to 12,800 / among 100 to 2,900": told, **_many_worlds(simulator)}


def _many_worlds(simulator: Simulator) -> dict[str, str]:
    """Compare a read with 1,000 worlds in the server to one with few."""
    world = simulator.current
    client = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
    path = f"/api/v4/calendar_entries/{world.appointments['target']}"
    few = each(lambda: client.ask("GET", path), 1000)[500]
    for _ in range(1000):
        simulator.new_world()
    many = each(lambda: client.ask("GET", path), 1000)[500]
    return {"clio GET with 1,000 worlds / with few": f"{micro(many)} / {micro(few)} = {many / few:.2f}x"}


def filled(simulator: Simulator, records: int) -> World:
    """Return a world of so many entries with the ids 0, 1, 2 and so on, without the rate limit."""
    world = simulator.new_world(switches={"rate-limit": "off"})
    template = world.store.get("calendar_entries", world.appointments["target"]) or {}
    with world.store.commit() as commit:
        for key in range(records):
            commit.insert("calendar_entries", str(key), {**template, "id": str(key)})
    return world

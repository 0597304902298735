"""Cost of a request among 100,000 records against one among 1,000 (hold: at most 1.2x)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.timing import Client, micro, quiet_ratio
from greenroom.simulators import CRMS
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import World

FEW, MANY = 1_000, 100_000
COUNT = 50
BEGIN = datetime(2028, 1, 1, tzinfo=UTC)
ENTRIES = "/api/v4/calendar_entries"
ONE_DAY = f"{ENTRIES}?from=2028-01-20T00:00:00Z&to=2028-01-21T00:00:00Z&fields=id,summary,start_at"


def measure() -> dict[str, str]:
    with Simulator(CRMS["clio"]) as simulator:
        few, many = (_works(simulator, filled(simulator, number)) for number in (FEW, MANY))
        return {f"clio {name} among {MANY:,} / among {FEW:,}": _compared(few[name], many[name]) for name in few}


def _compared(few: Callable[[], object], many: Callable[[], object]) -> str:
    small, large, ratio = quiet_ratio(few, many, COUNT)
    return f"{micro(large)} / {micro(small)} = {1 / ratio:.2f}x"


def _works(simulator: Simulator, world: World) -> dict[str, Callable[[], object]]:
    """Return what is done to a world; nothing is done twice to a record."""
    simulator.current = world
    client = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
    changed, cancelled = iter(range(400)), iter(range(600, 1000))
    body = '{"data": {"location": "Room 1"}}'
    return {
        "GET": lambda: client.ask("GET", f"{ENTRIES}/500"),
        "PATCH": lambda: client.ask("PATCH", f"{ENTRIES}/{next(changed)}", body),
        "list of one day": lambda: client.ask("GET", ONE_DAY),
        "DELETE": lambda: client.ask("DELETE", f"{ENTRIES}/{next(cancelled)}"),
    }


def filled(simulator: Simulator, records: int) -> World:
    """Return a world of so many entries, one an hour, with the ids 0, 1, 2 and so on; without the rate limit."""
    world = simulator.new_world(switches={"rate-limit": "off"})
    template = world.store.get("calendar_entries", world.appointments["target"]) or {}
    with world.store.commit() as commit:
        for key in range(records):
            begin = BEGIN + timedelta(hours=key)
            times = {"start_at": timestamp(begin), "end_at": timestamp(begin + timedelta(hours=1))}
            commit.insert("calendar_entries", str(key), {**template, **times, "id": str(key)})
    return world

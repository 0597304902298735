"""Fixtures shared by all tests: the fakes over real HTTP."""

import gc
import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.browser import browser
from tests.catalogue import TURNS, changed, examples, its_turn
from tests.contracts.runs import Recorded
from tests.fakes import Fake
from tests.once import Once

os.environ.setdefault("GREENROOM_JOBS", "1")  # the processes of the test run keep the cores busy already


def pytest_configure(config: pytest.Config) -> None:
    """Say what a marker means. No property fails because the machine is busy."""
    slow = [HealthCheck.too_slow]
    settings.register_profile("busy", max_examples=examples(100), deadline=None, suppress_health_check=slow)
    settings.load_profile("busy")
    what = f"takes seconds of processor time; its turn, and that of its group, is every n-th commit, or every {TURNS}th"
    config.addinivalue_line("markers", f"in_turn(group, every=n): {what}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out those whose turn it is not, unless they are asked for by name, or somebody works at them."""
    if config.option.keyword or any("::" in each for each in config.args):
        return
    wanted = {*changed(), *(config.invocation_params.dir / each for each in config.args)}
    left_out = {item for item in items if _is_later(item) and item.path not in wanted}
    config.hook.pytest_deselected(items=[*left_out])
    played = [item for item in items if item not in left_out]
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = _long_first(played, processes) if processes > 1 else played


def _is_later(item: pytest.Item) -> bool:
    """Tell whether the turn of a test is at another commit."""
    marker = item.get_closest_marker("in_turn")
    group = marker.args if marker and marker.args else [item.nodeid]
    return _is_long(item) and not its_turn(*group, **(marker.kwargs if marker else {}))


def _is_long(item: pytest.Item) -> bool:
    """Tell whether a test takes seconds. What is done in a browser costs seconds of its processes."""
    return bool(item.get_closest_marker("in_turn")) or "chromium" in getattr(item, "fixturenames", ())


def _long_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """Return the tests so that each process begins with long ones: one that began last would be waited for.

    Each process is given a part of the list. Whoever is done first takes from the end of what another one has left.
    """
    long = [item for item in items if _is_long(item)]
    short = [item for item in items if not _is_long(item)]
    parts = ((_part(long, place, processes), _part(short, place, processes)) for place in range(processes))
    return [item for part in parts for some in part for item in some]


def _part(items: list[pytest.Item], place: int, of: int) -> list[pytest.Item]:
    return items[len(items) * place // of : len(items) * (place + 1) // of]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let no search for garbage look through what is loaded: neither meanwhile nor as tests make garbage of their own."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker; each opens pages in a context of its own."""
    with browser() as found:
        yield found


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Folders that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return Once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def recorded(once: Once) -> Recorded:
    """The reference connectors' runs."""
    return Recorded(once)


@pytest.fixture
def clio() -> Iterator[Fake]:
    """A fresh fake Clio."""
    with Simulator(CRMS["clio"]) as simulator:
        yield Fake(simulator)


@pytest.fixture
def netsuite() -> Iterator[Fake]:
    """A fresh fake NetSuite."""
    with Simulator(CRMS["netsuite"]) as simulator:
        yield Fake(simulator)


@pytest.fixture
def bullhorn() -> Iterator[Fake]:
    """A fresh fake Bullhorn."""
    with Simulator(CRMS["bullhorn"]) as simulator:
        yield Fake(simulator)

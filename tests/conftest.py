"""Fixtures shared by all tests: the fakes over real HTTP."""

import shutil
from collections.abc import Iterator

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake

NODE = shutil.which("node")


def pytest_configure(config: pytest.Config) -> None:
    """Say what a marker means."""
    config.addinivalue_line("markers", "slow: takes more than a few seconds")


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

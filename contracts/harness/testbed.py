"""The parts of a run around a harness: a fake CRM with its authority, and the connector in its process."""

import hashlib
import random
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from greenroom.connectors.bridges.bridge import LOAD_LIMIT, Bridge
from greenroom.connectors.bridges.process import WorkerProcess
from greenroom.connectors.bridges.route import Route
from greenroom.connectors.bridges.target import Target
from greenroom.connectors.bridges.virtual_time import Faster
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.harness.garbage import SELDOM
from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.starvation import PROBE
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.hosts import ELSEWHERE
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.sink import PORTS, Sink

DEADLINE = 30.0
"""Seconds that a call may take, where nothing else is asked for."""
INSPECTION = ("Network Inspection", "Outbound Traffic")
"""The issuer's name in certificates. Firms that inspect their own traffic have such private authorities."""
SERVERS_ZONE = "UTC"
"""The time zone of the connector's process, as of most servers: on every machine, and not that of the users."""
SHORTEST_LOAD = 10.0
"""Seconds that a connector may always take to load, however short the deadline of its calls is."""


class Setup(Protocol):
    """How a connector's process is started and called, and what its worlds follow from."""

    @property
    def deadline(self) -> float:
        """Seconds that a call may take."""

    @property
    def runtime(self) -> tuple[str, ...]:
        """The command that starts the worker; empty: the language's own."""

    @property
    def env(self) -> Mapping[str, str]:
        """Variables that are set in the process."""

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Names of interfaces; empty: what the connector exports."""

    @property
    def seed_in_use(self) -> int:
        """The seed of the worlds."""


@dataclass(frozen=True)
class TestBed:
    """A harness, the connector in it, and the fake CRM that both use."""

    __test__: ClassVar[bool] = False  # pytest takes what begins with Test for tests

    harness: Harness
    bridge: Bridge
    simulator: Simulator

    def identity(self, target: Target) -> Mapping[str, Any]:
        """Return the connector's part of the report."""
        loaded = self.bridge.loaded
        return {
            "name": target.name,
            "digest": _digest(loaded.file) if target.path is None else target.digest,
            "runtime": loaded.runtime,
            "interfaces": list(loaded.interfaces),
            "cancellation": loaded.cancellation,
        }


def _digest(file: str | None) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else "unknown"


@contextmanager
def open_testbed(
    setup: Setup,
    target: Target,
    crm: Crm,
    on_start: Callable[[WorkerProcess], None] = lambda _worker: None,
    *,
    interfaces: Mapping[str, Interface] = INTERFACES,
    port: int | None = None,
    faster: Faster | None = None,
) -> Iterator[TestBed]:
    """Start the fake CRM and the connector, and end both afterwards.

    ``on_start`` gets the connector's process before it loads the connector. ``interfaces`` are those to call. With a
    ``port`` (0: a free one), the fake also serves plain HTTP for programs. ``faster``: how the clocks
    of the connector's process run faster.

    Raises:
        BridgeError: the connector cannot be reached.
        ConfigError: it exports no interface that is judged, or none of the selected ones.

    """
    app = client(setup, crm)
    secret = app[f"{crm.profile.crm.upper()}_CLIENT_SECRET"]
    authority = Authority(*INSPECTION)
    with ExitStack() as stack:
        stack.enter_context(PROBE)
        stack.enter_context(SELDOM)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        seed = setup.seed_in_use
        rate = faster.rate if faster else 1.0
        fake = Simulator(crm, port=port, authority=authority, seed=seed, client_secret=secret, rate=rate)
        simulator = stack.enter_context(fake)
        sink = stack.enter_context(closing(Sink(simulator, authority)))
        certificate = authority.write(Path(folder, "ca.pem"))
        hosts = (*crm.profile.hosts, ELSEWHERE)
        route = Route(hosts, crm.profile.ports, simulator.tls_port or 0, certificate, sink.port, PORTS)
        bridge = stack.enter_context(
            Bridge(
                target,
                route,
                {name: interface.signature for name, interface in interfaces.items()},
                runtime=setup.runtime,
                env={"TZ": SERVERS_ZONE, **app, **setup.env},
                load_limit=LOAD_LIMIT if setup.deadline == DEADLINE else max(SHORTEST_LOAD, setup.deadline),
                faster=faster,
                on_connect=simulator.refused,
                on_start=on_start,
            )
        )
        check_offer(bridge, setup, crm)
        yield TestBed(Harness(simulator, bridge, deadline=setup.deadline), bridge, simulator)


def client(setup: Setup, crm: Crm) -> dict[str, str]:
    """Return the variables with which a connector logs in again, as App Connect's own connectors name them.

    There is one app, under all names. A secret that the user sets (``--env CLIO_CLIENT_SECRET=…``) is valid in the
    fake CRM, too. If there are several, the first one counts.
    """
    seed = setup.seed_in_use
    profile = crm.drawn(seed).profile
    made = uuid.UUID(int=random.Random(f"{seed} app").getrandbits(128), version=4).hex  # noqa: S311 - a canary
    named = profile.app_variables(profile.client_id, made)
    given = (setup.env[name] for name in named if name.endswith("_SECRET") and name in setup.env)
    return profile.app_variables(profile.client_id, next(given, made))


def judged(crm: Crm) -> tuple[str, ...]:
    """Return the names of the interfaces that are judged on a CRM: it knows what they are for."""
    facts = crm.profile.facts
    return tuple(name for name, interface in INTERFACES.items() if interface.known_to(facts))


def check_offer(bridge: Bridge, setup: Setup, crm: Crm) -> None:
    """Check that the loaded connector exports a selected interface, and that each selected one takes its inputs.

    Raises:
        ConfigError: it exports none, or a selected one is for what the CRM does not know.
        LoadError: it exports one that cannot be called with its inputs.

    """
    known = judged(crm)
    wanted = setup.interfaces or known
    unknown = next((name for name in wanted if name not in known), None)
    if unknown:
        raise ConfigError(f"{crm.profile.title} does not know what '{unknown}' is for; use: {', '.join(known)}")
    bridge.check_signatures(wanted)
    if not set(wanted) & set(bridge.loaded.interfaces):
        raise ConfigError(bridge.no_offer(wanted))

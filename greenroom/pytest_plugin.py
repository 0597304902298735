"""The pytest plugin: fake CRMs as fixtures, and one test for each promise of a connector in each scenario."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from greenroom.api import Served, run_config
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.clauses.judge import Verdict, judge
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.reports.evidence import violation_lines
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.runner import certify
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators import find_crm
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.world import DAY, World

POSITIONS = 3
"""Arguments of the marker that may be given without their names: target, crm, level."""
MARK = (
    "greenroom(target, crm=…, level='resilient', **options): the connector that the fixture 'promise' is about; "
    "without crm, that of the ini option greenroom_crm"
)
CRM = "crm(name): the fake CRM of this test's fixtures (otherwise the ini option greenroom_crm)"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option."""
    parser.addini("greenroom_crm", "the fake CRM of the fixtures greenroom_…", default="clio")


def pytest_configure(config: pytest.Config) -> None:
    """Say what the markers mean."""
    for marker in (MARK, CRM):
        config.addinivalue_line("markers", marker)
    config.stash[PLAYED] = Played()


@pytest.fixture(scope="session")
def greenroom_simulators() -> Iterator["Simulators"]:
    """The fake CRMs of this session by name, each started when it is first asked for."""
    with ExitStack() as stack:
        yield Simulators(stack)


@pytest.fixture
def greenroom_simulator(greenroom_simulators: "Simulators", request: pytest.FixtureRequest) -> Simulator:
    """The fake CRM of this test, with a fresh world."""
    marker = request.node.get_closest_marker("crm")
    simulator = greenroom_simulators[marker.args[0] if marker else request.config.getini("greenroom_crm")]
    simulator.new_world()
    return simulator


@pytest.fixture
def greenroom_world(greenroom_simulator: Simulator) -> Iterator[World]:
    """The fresh world of this test: people, appointments, faults, journal, clock."""
    world = greenroom_simulator.current
    yield world
    world.faults.disarm()


@pytest.fixture
def fake_crm(greenroom_simulator: Simulator, greenroom_world: World) -> Served:
    """A fake CRM with a fresh world and somebody who is logged in: ``url``, ``user``, ``auth_header``."""
    return Served(greenroom_simulator, greenroom_world, greenroom_world.log_in("owner", lifetime=DAY))


@pytest.fixture
def user(fake_crm: Served) -> Mapping[str, Any]:
    """App Connect's user object of somebody who is logged in."""
    return fake_crm.user


@pytest.fixture
def authHeader(fake_crm: Served) -> str:  # noqa: N802 - the documentation's name
    """The Authorization header that goes with ``user``."""
    return fake_crm.auth_header


class Simulators(dict[str, Simulator]):
    """Simulators by CRM, started when they are missed, ended with the session."""

    def __init__(self, stack: ExitStack) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, crm: str) -> Simulator:
        self[crm] = self._stack.enter_context(Simulator(find_crm(crm)))
        return self[crm]


@dataclass(frozen=True)
class Case:
    """One promise in one scenario, of the connector that an order names."""

    run_config: RunConfig
    scenario: Scenario
    clause: Clause


@dataclass
class Played:
    """What this process played: each connector once, in the scenarios that the tests which are left need."""

    needed: dict[int, list[str]] = field(default_factory=dict)
    found: dict[int, Certificate | str] = field(default_factory=dict)

    def certificate(self, run_config: RunConfig) -> Certificate:
        """Play what the tests of an order need, once.

        What keeps it from being played fails the first of these tests; the others are skipped.
        """
        key = id(run_config)
        if key not in self.found:
            self.found[key] = "Greenroom failed"  # unless it comes to an end
            self.found[key] = found = _played(replace(run_config, scenarios=tuple(self.needed[key])))
            if isinstance(found, str):
                pytest.fail(found, pytrace=False)
        found = self.found[key]
        if isinstance(found, str):
            pytest.skip(f"not played: {found}")
        return found


def _played(run_config: RunConfig) -> Certificate | str:
    """Return the certificate, or why there is none."""
    try:
        with closing(certify(run_config)) as events:
            *_, last = events
    except (BridgeError, ConfigError) as error:
        return str(error)
    if not isinstance(last, RunFinished):
        msg = "the run did not end"
        raise RuntimeError(msg)
    return last.certificate


PLAYED = pytest.StashKey[Played]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test for each promise in each scenario of the connector that the marker names."""
    marker = metafunc.definition.get_closest_marker("greenroom")
    if marker is None or "promise" not in metafunc.fixturenames:
        if "greenroom" in [own.name for own in metafunc.definition.own_markers]:
            _refuse("the test has no parameter 'promise', so nothing would be judged; add it and call promise.hold()")
        return
    asked = _configured(metafunc.config, marker)
    parallel = metafunc.config.pluginmanager.hasplugin("xdist")
    marks = [pytest.mark.xdist_group(asked.target)] if parallel else []
    cases = [
        Case(asked, s, c) for s in asked.plays() for c in asked.clauses() if asked.selects(c) and _meet(asked, s, c)
    ]
    ids = [f"{case.scenario.id}-{case.clause.id}" for case in cases]
    metafunc.parametrize("promise", [pytest.param(case, marks=marks) for case in cases], ids=ids, indirect=True)


def _meet(asked: RunConfig, scenario: Scenario, clause: Clause) -> bool:
    """Return whether a promise can be judged in a scenario: an interface that is asked for has both."""
    return bool(set(scenario.interfaces) & set(clause.interfaces) & set(asked.interfaces or INTERFACES))


def _configured(config: pytest.Config, marker: pytest.Mark) -> RunConfig:
    """Return the order of a marker; a path is one from the project's root, wherever pytest was started."""
    given = dict(zip(("target", "crm", "level"), marker.args, strict=False)) | dict(marker.kwargs)
    target = given.pop("target", None)
    if not isinstance(target, (str, Path)) or len(marker.args) > POSITIONS:
        _refuse("the connector comes first, then options by name")
    path, colon, attribute = str(target).partition(":")
    found = config.rootpath / path
    crm = given.pop("crm", config.getini("greenroom_crm"))
    try:
        find_crm(crm)
        asked = run_config(f"{found}{colon}{attribute}" if found.is_file() else str(target), crm, **given)
        parse(asked.target)
    except (BridgeError, ConfigError, LookupError) as error:
        _refuse(str(error.args[0]))
    return asked


def _refuse(why: str) -> NoReturn:
    """Fail the collection of a test in a sentence."""
    pytest.fail(f"@pytest.mark.greenroom: {why}", pytrace=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note which scenarios the tests need that are left after ``-k`` and its like."""
    needed = session.config.stash[PLAYED].needed
    for item in session.items:
        case = item.callspec.params.get("promise") if hasattr(item, "callspec") else None
        if isinstance(case, Case) and case.scenario.id not in needed.setdefault(id(case.run_config), []):
            needed[id(case.run_config)].append(case.scenario.id)


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> "Promise":
    """One promise of the connector in one scenario: ``promise.hold()``."""
    case = getattr(request, "param", None)
    if not isinstance(case, Case):
        pytest.fail(f"name the connector with @pytest.mark.{MARK.partition(':')[0]}", pytrace=False)
    certificate = request.config.stash[PLAYED].certificate(case.run_config)
    calls = [Call(record) for record in certificate.calls if record["scenario"] == case.scenario.id]
    names = dict.fromkeys(call.interface.name for call in calls)
    return Promise(case, judge(case.clause, calls), [judge(case.clause, calls, name) for name in names])


@dataclass(frozen=True)
class Promise:
    """A promise, its verdict, and the verdicts by interface."""

    case: Case
    verdict: Verdict
    by_interface: Sequence[Verdict] = ()

    def hold(self) -> None:
        """Fail with the evidence where a must is broken; advice is an expected failure; skip what was no case of it."""
        __tracebackhide__ = True
        clause, verdict = self.case.clause, self.verdict
        if verdict.outcome == "skipped":
            pytest.skip(str(verdict.reason))
        if verdict.outcome == "errored":
            pytest.fail(f"could not be judged: {verdict.reason}", pytrace=False)
        text = f"{clause.id}: {clause.title}\n{self.evidence}"
        if verdict.outcome == "failed" and clause.strength == "must":
            pytest.fail(text, pytrace=False)
        if verdict.outcome == "failed":
            pytest.xfail(text)

    @property
    def evidence(self) -> str:
        """What was expected, what came, what went over the wire, what the user saw, and what to do."""
        return "\n".join(line for verdict in self.by_interface for line in _lines(verdict))


def _lines(verdict: Verdict) -> list[str]:
    """Return what is broken in one interface, with its name before it."""
    lines = [line for violation in verdict.violations for line in violation_lines(violation)]
    return [f"  {verdict.interface}:", *lines] if lines else []

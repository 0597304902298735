"""Surface lists, routes, descriptions and ledgers are about the same things, and nothing listed is dropped in silence."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.app import build_app
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.surface import CLASSES, UNSIMULATED, Operation, pattern
from tests.fakes import Fake

LISTED = [name for name, crm in CRMS.items() if crm.surface]
CASES = pytest.mark.parametrize("crm", LISTED)
LOUD = "X-Greenroom-Unsimulated"
BEYOND = {("GET /oauth/authorize", "as"), ("GET /oauth/authorize", "decision")}
"""Parameters of the fake's own."""


@pytest.fixture(scope="module", params=LISTED)
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with Simulator(CRMS[request.param]) as simulator:
        world = simulator.current
        world.flip({name: "off" for name in ("rate-limit", "concurrency") if name in world.profile.switches})
        yield Fake(simulator)


@CASES
def test_every_name_is_classed(crm: str) -> None:
    for operation in CRMS[crm].surface:
        assert operation.klass in CLASSES
        assert {klass for _, _, klass in operation.names} <= set(CLASSES)
        if operation.klass == UNSIMULATED:
            assert {klass for _, _, klass in operation.names} <= {UNSIMULATED}


@CASES
def test_list_and_routes_have_the_same_operations(crm: str) -> None:
    rules = build_app(CRMS[crm]).url_map.iter_rules()
    routes = {(m, pattern(rule.rule)) for rule in rules for m in (rule.methods or set()) - {"HEAD", "OPTIONS"}}

    assert {(operation.method, pattern(operation.path)) for operation in CRMS[crm].surface} == routes


@CASES
def test_list_and_description_have_the_same_operations_and_parameters(crm: str) -> None:
    described = {
        f"{method.upper()} {pattern(path)}": {p["name"].lower() for p in told["parameters"] if p["in"] != "path"}
        for path, verbs in CRMS[crm].openapi()["paths"].items()
        for method, told in verbs.items()
    }
    listed = {
        f"{o.method} {pattern(o.path)}": {name.lower() for name in (*o.parameters, *o.headers)}
        for o in CRMS[crm].surface
    }
    own = {(operation, name) for operation, names in described.items() for name in names - listed[operation]}

    assert described.keys() == listed.keys()
    assert own <= BEYOND
    assert all(listed[operation] <= names for operation, names in described.items())


@CASES
def test_list_and_ledger_have_the_same_operations(crm: str) -> None:
    rows = {pattern(route) for row in CRMS[crm].ledger for route in row.routes}

    assert {pattern(str(operation)) for operation in CRMS[crm].surface if operation.klass != UNSIMULATED} == rows


def test_nothing_is_dropped_in_silence(fake: Fake) -> None:
    """Every listed operation is answered: 501 where it, or a name that is sent with it, is not simulated."""
    for operation in fake.simulator.crm.surface:
        for kind, name, klass in [("", "", operation.klass), *operation.names]:
            if kind == "shows":
                continue
            answer = send(fake, operation, kind, name)
            loud = UNSIMULATED in (klass, operation.klass)
            assert (answer.status_code == 501) == loud, (str(operation), kind, name, answer.text)
            assert (LOUD in answer.headers) == loud
            assert answer.status_code < 500 or loud


def send(fake: Fake, operation: Operation, kind: str, name: str) -> requests.Response:
    """Send a request with one name of an operation."""
    more: dict[str, Any] = {"params": {}, "headers": {}, "allow_redirects": False}
    if kind == "parameters":
        more["params"] = {name: "1"}
    elif kind == "headers":
        more["headers"] = {name: "4.0.13" if "VERSION" in name else "1"}
    if operation.method != "GET":
        more["json"] = {"data": nested(name) if kind == "fields" else {}}
    path = pattern(operation.path).replace("{}", "7")
    return fake.ask(operation.method, path, **more)


def nested(name: str) -> dict[str, Any]:
    first, dot, rest = name.partition(".")
    return {first: nested(rest) if dot else "1"}

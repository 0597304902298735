"""Schemathesis against our own descriptions: no 5xx, every answer as described."""

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from greenroom.simulators import CRMS
from greenroom.simulators.core.control import openapi
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.openapi import STREAMS
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.surface import UNSIMULATED
from tests.catalogue import examples, sample


def loud_or_no_server_error(context: Any, response: Any, case: Any) -> bool | None:
    """No 5xx but the one that says what is not simulated."""
    if response.status_code == 501 and "x-greenroom-unsimulated" in response.headers:
        return None
    return bool(not_a_server_error(context, response, case))


def nothing_silent(_: Any, response: Any, case: Any) -> None:
    """A parameter or header that is listed as not simulated is never passed over."""
    came = {"query": {*(case.query or ())}, "header": {name.lower() for name in case.headers or ()}}
    silent = [
        each["name"]
        for each in case.operation.definition.raw["parameters"]
        if each.get("x-greenroom") == UNSIMULATED and each["name"] in (came["query"] | came["header"])
    ]
    assert not silent or response.status_code >= 400, f"passed over {silent}"


CONFORMS = [status_code_conformance, content_type_conformance, response_schema_conformance]
CHECKS = [loud_or_no_server_error, nothing_silent, *CONFORMS]
QUIET = settings(max_examples=examples(20), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LOUD = {"rate-limit": "off", "concurrency": "off"}
FIXED = {"corp": "e1000001", "entity": "Appointment", "many": "attendees"}
"""Parts of Bullhorn's paths that are no ids, and without which most requests are refused alike."""


@pytest.fixture(scope="module")
def control() -> Iterator[Control]:
    with Simulator(CRMS["clio"]) as found:
        api = Control(found)
        yield api
        api.close()


def operations(described: Any) -> list[Any]:
    schema = schemathesis.openapi.from_dict(described)
    found: list[Any] = list(schema.get_all_operations())
    return [result.ok() for result in found]


@pytest.mark.parametrize("crm", sample(list(CRMS), 1))
def test_the_fakes_answer_as_described(crm: str) -> None:
    """Every operation, with generated input, good and bad, as the owner; ids of the seed come up as well.

    What is wholly not simulated is asked for in ``test_surface``.
    """
    with Simulator(CRMS[crm]) as simulator:
        world = simulator.current
        world.flip({name: value for name, value in LOUD.items() if name in world.profile.switches})
        url = f"http://127.0.0.1:{simulator.port}"
        for operation in operations(simulator.crm.openapi()):
            if operation.definition.raw.get("x-greenroom") == "unsimulated":
                continue
            exercise(
                operation,
                url,
                lambda: dict(world.log_in("owner").headers),
                world.appointments["target"],
            )


def exercise(operation: Any, url: str, headers: Any, known: str) -> None:
    @QUIET
    @given(case=operation.as_strategy())
    def each(case: Any) -> None:
        if case.path_parameters:
            ids = (
                dict.fromkeys(case.path_parameters, known)
                if crc32(str(case.body).encode()) % 2
                else case.path_parameters
            )
            fixed = {name: value for name, value in FIXED.items() if name in case.path_parameters}
            case.path_parameters = {**ids, **fixed}
        case.call_and_validate(base_url=url, headers=headers(), checks=CHECKS, timeout=10)

    each()


@pytest.mark.in_turn
def test_the_control_api_answers_as_described(control: Control) -> None:
    for operation in operations(openapi.describe("clio")):
        if operation.path not in STREAMS:
            exercise(operation, control.url, dict, "current")


@pytest.mark.parametrize("crm", list(CRMS))
def test_every_parameter_stands_in_the_ledger(crm: str) -> None:
    """A parameter or header that we describe is a behaviour with a source."""
    told = " ".join(f"{row.behaviour} {row.source}" for row in CRMS[crm].ledger).lower()
    described = CRMS[crm].openapi()["paths"]
    names = {
        p["name"]
        for verbs in described.values()
        for o in verbs.values()
        for p in o["parameters"]
        if p["in"] != "path" and "x-greenroom" not in {**o, **p}
    }
    unknown = {name for name in names if not re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", told)}

    assert unknown - {"as", "decision"} == set()


@pytest.mark.parametrize("crm", list(CRMS))
def test_the_description_has_the_routes_that_there_are(crm: str) -> None:
    def plain(path: str) -> str:
        return re.sub(r"[<{]\w+[}>]", "{}", path.removesuffix(".json"))

    described = {
        (method.upper(), plain(path))
        for path, verbs in CRMS[crm].openapi()["paths"].items()
        for method in verbs
        if "x-greenroom" not in verbs[method]
    }
    rows = {tuple(route.split(" ", 1)) for row in CRMS[crm].ledger for route in row.routes}
    real = {(method, plain(path.replace("<kind>", "calendarEvent"))) for method, path in rows}

    assert described == real

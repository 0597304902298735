"""Clio's surface list: it agrees with routes, description and ledger, and nothing listed is dropped in silence."""

from typing import Any

import pytest
import requests

from greenroom.simulators.clio import CRM
from greenroom.simulators.clio.surface import SURFACE
from greenroom.simulators.core.app import build_app
from greenroom.simulators.core.surface import SIMULATED, UNSIMULATED, Operation, pattern
from tests.fakes import Fake

LISTS = [o for o in SURFACE if o.method == "GET" and o.path.count("/") == 3 and o.klass == SIMULATED]
WRITES = [o for o in SURFACE if "calendar_entries" in o.path and o.fields]
LOUD = "X-Greenroom-Unsimulated"
BEYOND = {("GET /oauth/authorize", "as"), ("GET /oauth/authorize", "decision")}
"""Parameters of the fake's own."""


def test_list_and_routes_have_the_same_operations() -> None:
    rules = build_app(CRM).url_map.iter_rules()
    routes = {(m, pattern(rule.rule)) for rule in rules for m in (rule.methods or set()) - {"HEAD", "OPTIONS"}}

    assert {(operation.method, pattern(operation.path)) for operation in SURFACE} == routes


def test_list_and_description_have_the_same_operations_and_parameters() -> None:
    described = {
        f"{method.upper()} {pattern(path)}": {p["name"].lower() for p in told["parameters"] if p["in"] != "path"}
        for path, verbs in CRM.openapi()["paths"].items()
        for method, told in verbs.items()
    }
    listed = {f"{o.method} {pattern(o.path)}": {name.lower() for name in (*o.parameters, *o.headers)} for o in SURFACE}
    own = {(operation, name) for operation, names in described.items() for name in names - listed[operation]}

    assert described.keys() == listed.keys()
    assert own <= BEYOND
    assert all(listed[operation] <= names for operation, names in described.items())


def test_list_and_ledger_have_the_same_operations() -> None:
    rows = {pattern(route) for row in CRM.ledger for route in row.routes}

    assert {pattern(str(operation)) for operation in SURFACE if operation.klass != UNSIMULATED} == rows


@pytest.mark.in_turn
def test_nothing_is_dropped_in_silence(clio: Fake) -> None:
    """Every listed name is sent: 501 where it is not simulated. Of an operation that is not, all are sent at once."""
    clio.world.flip({"rate-limit": "off"})
    for operation in SURFACE:
        names = [(kind, name, klass) for kind, name, klass in operation.names if kind != "shows"]
        whole = operation.klass == UNSIMULATED
        for sent in [[], names] if whole else [[], *([each] for each in names)]:
            answer = send(clio, operation, sent)
            loud = whole or UNSIMULATED in [klass for _, _, klass in sent]
            assert (answer.status_code == 501) == loud, (str(operation), sent, answer.text)
            assert (LOUD in answer.headers) == loud
            assert answer.status_code < 500 or loud


def send(clio: Fake, operation: Operation, sent: list[tuple[str, str, str]]) -> requests.Response:
    """Send a request with some names of an operation."""
    names = {kind: [name for each, name, _ in sent if each == kind] for kind in ("parameters", "headers", "fields")}
    more: dict[str, Any] = {
        "params": dict.fromkeys(names["parameters"], "1"),
        "headers": {name: "4.0.13" if "VERSION" in name else "1" for name in names["headers"]},
        "allow_redirects": False,
    }
    if operation.method != "GET":
        more["json"] = {"data": {key: value for name in names["fields"] for key, value in nested(name).items()}}
    return clio.ask(operation.method, pattern(operation.path).replace("{}", "7"), **more)


def nested(name: str) -> dict[str, Any]:
    first, dot, rest = name.partition(".")
    return {first: nested(rest) if dot else "1"}


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_every_parameter_of_a_list_is_used(clio: Fake, operation: Operation) -> None:
    """A value that nothing has, or that cannot be read, changes the response."""
    plain = clio.ask("GET", operation.path)
    shown = plain.json()["data"]
    unusual = {"order": "id(up)", "exclude_ids[]": str(shown[0]["id"]) if shown else ""}
    for name, klass in operation.parameters.items():
        if klass == SIMULATED and shown:
            other = clio.ask("GET", operation.path, params={name: unusual.get(name, "~nothing~")})
            assert other.text != plain.text, name


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_every_field_of_a_write_is_used(clio: Fake, operation: Operation) -> None:
    """A value of another kind is refused, or changes the entry."""
    whole = {
        "summary": "New",
        "start_at": "2028-01-01T10:00:00Z",
        "end_at": "2028-01-01T11:00:00Z",
        "calendar_owner": {"id": 6101},
    }
    for name, klass in operation.fields.items():
        if klass == SIMULATED and "." not in name:
            path = clio.entry() if "{" in operation.path else operation.path
            answer = clio.ask(operation.method, path, json={"data": {**whole, name: [{"id": 7}]}})
            changed = [change.field for change in clio.world.journal.since()[-1].changes]
            assert answer.status_code in (404, 422) or name in changed or "*" in changed, name

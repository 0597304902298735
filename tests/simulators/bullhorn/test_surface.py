"""What Bullhorn has and its fake has not is said aloud."""

from typing import Any

import pytest

from greenroom.simulators.bullhorn.surface import SURFACE
from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, change, create, show


@pytest.mark.parametrize("operation", [str(each) for each in SURFACE if each.klass == "unsimulated"])
def test_every_call_that_is_not_simulated_is_501(bullhorn: Fake, operation: str) -> None:
    method, path = operation.split(" ")
    filled = path.format_map(dict.fromkeys(NAMES, "1") | {"corp": bullhorn.api.rsplit("/", 1)[1]})
    answer = bullhorn.ask(method, filled, json={})

    assert answer.status_code == 501
    assert answer.headers["X-Greenroom-Unsimulated"] == operation


NAMES = (
    "entity",
    "key",
    "many",
    "others",
    "kind",
    "values",
    "names",
    "subscription",
    "file",
    "search",
    "user",
    "request",
)


@pytest.mark.parametrize("args", [{"layout": "x"}, {"meta": "full"}, {"callback": "f"}, {"showEditable": "true"}])
def test_parameters_that_are_not_simulated_are_501(bullhorn: Fake, args: dict[str, str]) -> None:
    for path in ("entity/Appointment/20417", "query/Appointment", "entity/Appointment/20417/attendees"):
        answer = call(bullhorn, "GET", path, params={"fields": "id", "where": "id > 0", **args})
        assert answer.status_code == 501
        assert f"the parameter {next(iter(args))}" in answer.headers["X-Greenroom-Unsimulated"]


def test_parameters_that_ask_for_nothing_pass(bullhorn: Fake) -> None:
    args = {"fields": "id", "meta": "off", "showEditable": "false"}

    assert bullhorn.ask("GET", bullhorn.entry(), params=args).status_code == 200


@pytest.mark.parametrize("entity", ["JobOrder", "Note", "ClientCorporation"])
def test_entities_that_are_not_simulated_are_501(bullhorn: Fake, entity: str) -> None:
    for method, path in (("GET", f"{entity}/1?fields=id"), ("PUT", entity), ("POST", f"{entity}/1")):
        answer = call(bullhorn, method, f"entity/{path}", json={})
        assert (answer.status_code, answer.headers["X-Greenroom-Unsimulated"]) == (501, f"the entity {entity}")
    assert call(bullhorn, "GET", f"query/{entity}?where=id=1&fields=id").status_code == 501
    assert call(bullhorn, "GET", "entity/Nonsense/1?fields=id").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "entity/Candidate", {"name": "x"}),
        ("POST", "entity/Lead/73", {"name": "x"}),
        ("DELETE", "entity/ClientContact/71", None),
        ("POST", "query/Appointment", {"where": "id > 0", "fields": "id"}),
        ("GET", "entity/Candidate/72?fields=address", None),
        ("GET", "entity/Appointment/20417?fields=attendees(id){id=1}", None),
    ],
)
def test_what_else_is_not_simulated_is_501(bullhorn: Fake, method: str, path: str, body: Any) -> None:
    before = bullhorn.world.store.dump()

    assert call(bullhorn, method, path, json=body).status_code == 501
    assert bullhorn.world.store.dump() == before


def test_associations_to_what_is_not_simulated_are_501_unless_they_are_empty(bullhorn: Fake) -> None:
    assert show(bullhorn, fields="jobOrder,placement(id),opportunity").json()["data"]["jobOrder"] is None
    assert show(bullhorn, fields="jobOrder(title)").status_code == 501
    assert create(bullhorn, {"jobOrder": {"id": 5}}).status_code == 501
    assert change(bullhorn, {"jobOrder": None}).status_code == 200


def test_a_version_of_the_log_in_that_nobody_knows_is_501(bullhorn: Fake) -> None:
    for version in ("1.0", "line\r\nbreak"):
        asked = {"version": version, "access_token": bullhorn.login.user["accessToken"]}
        answer = bullhorn.ask("POST", "/rest-services/login", params=asked)
        assert answer.status_code == 501
        assert repr(version)[1:-1] in answer.headers["X-Greenroom-Unsimulated"]

"""The schemas: valid 2020-12, and the input that connectors get follows its own."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from greenroom.connectors.bridges import protocol
from greenroom.contracts import schemas
from greenroom.contracts.interfaces import INTERFACES
from tests.catalogue import LONG
from tests.contracts.runs import Recorded
from tests.fakes import Fake

NAMES = sorted(path.stem for path in Path(schemas.__file__).parent.glob("*.json"))


@pytest.mark.parametrize("name", [n for n in NAMES if n != "login-phrases"])
def test_every_schema_is_one(name: str) -> None:
    schema = schemas.load(name)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["title"]


def test_the_protocols_schema_is_one() -> None:
    Draft202012Validator.check_schema(protocol._SCHEMA)


def test_what_a_connector_gets_follows_the_input_schema(clio: Fake, netsuite: Fake) -> None:
    for fake in (clio, netsuite):
        login = fake.world.log_in("owner")
        given = {"user": login.user, "authHeader": login.auth_header, "appointmentId": "7"}
        assert schemas.problem("cancelAppointment.input", given) is None


@pytest.mark.parametrize("crm", ["clio", pytest.param("netsuite", marks=pytest.mark.in_turn("netsuite", every=LONG))])
def test_no_call_of_a_run_has_what_app_connect_would_refuse(crm: str, recorded: Recorded) -> None:
    for call in recorded.report(crm)["calls"]:
        interface, params = INTERFACES[call["interface"]], call["params"]
        assert schemas.problem(f"{interface.name}.input", params) is None
        assert interface.refused(params) is None


@pytest.mark.parametrize("others", [[], [True, False], [1, 1.0, "True"]])
def test_what_was_wrong_with_another_value_is_not_wrong_with_this_one(others: list[object]) -> None:
    """Values that Python takes for equal are not: what is remembered of one tells nothing of another."""
    for other in others:
        schemas.problem("cancelAppointment.result", {"successful": other})

    assert schemas.problem("cancelAppointment.result", {"successful": True}) is None
    assert (
        schemas.problem("cancelAppointment.result", {"successful": 1})
        == "result.successful: 1 is not of type 'boolean'"
    )
    assert (
        schemas.problem("cancelAppointment.result", {"successful": 1}, "it")
        == "it.successful: 1 is not of type 'boolean'"
    )
    assert schemas.problem("cancelAppointment.result", {}) == "result: 'successful' is a required property"


def test_only_so_many_values_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "REMEMBERED", 3)
    known: dict[object, str] = {}
    monkeypatch.setattr(schemas, "_remembered", known)
    for number in range(10):
        schemas.problem("cancelAppointment.result", {"successful": True, "number": number})
    schemas.problem("cancelAppointment.result", {"successful": True, "text": "x" * schemas.LONGEST})

    assert 0 < len(known) <= 3


def test_a_problem_names_the_place() -> None:
    wrong = {"successful": True, "returnMessage": {"ttl": "3000"}}

    assert (
        schemas.problem("cancelAppointment.result", wrong)
        == "result.returnMessage.ttl: '3000' is not of type 'integer'"
    )

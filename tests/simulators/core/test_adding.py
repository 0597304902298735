"""Adding an appointment by the control API: entered alike for every CRM, refused field by field."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.client import ControlClient, ControlError
from greenroom.simulators.core.simulator import Simulator

START = "2027-03-04T10:30:00-08:00"


@pytest.fixture(params=list(CRMS))
def control(request: pytest.FixtureRequest) -> Iterator[Control]:
    with Simulator(CRMS[request.param]) as simulator:
        found = Control(simulator)
        yield found
        found.close()


def refused(control: Control, **body: Any) -> tuple[int, str, str]:
    """Return how an appointment is refused: status, sentence and field."""
    whole = {"title": "Intake", "start": START, **body}
    answer = requests.post(f"{control.url}/worlds/current/calendar", json=whole, timeout=10)
    return answer.status_code, answer.json()["error"], answer.json().get("field", "")


def test_it_stands_in_the_calendar_as_it_was_entered(control: Control) -> None:
    client = ControlClient(control.url)
    key = client.add("Intake call", START, 45, description="Bring the letter.")
    found = client.ask("GET", f"/worlds/current/calendar/{key}")

    shown = found["appointment"]
    assert (shown["title"], shown["start"], shown["end"]) == (
        "Intake call",
        "2027-03-04T18:30:00Z",
        "2027-03-04T19:15:00Z",
    )
    assert (shown["description"], found["state"]) == ("Bring the letter.", "live")
    assert client.journal() == [], "nobody asked for it: it is no request"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"start": "soon"}, "start"),
        ({"start": "0001-01-01T00:00:00+14:00"}, "start"),
        ({"minutes": 0}, "minutes"),
        ({"user": "nobody"}, "user"),
        ({"status": "odd"}, "status"),
    ],
)
def test_a_refusal_names_its_field(control: Control, body: dict[str, Any], field: str) -> None:
    status, sentence, named = refused(control, **body)

    assert (status in (400, 422), named) == (True, field), sentence


def test_who_may_add_none_in_the_crm_adds_none_here(control: Control) -> None:
    sentence = refused(control, user="forbidden")[1]

    assert sentence.startswith("forbidden may add no appointment in ")


def test_a_status_is_one_that_the_crm_knows() -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        control = Control(simulator)
        client = ControlClient(control.url)
        assert client.health()["statuses"] == ["CONFIRMED", "TENTATIVE", "COMPLETE", "CANCELLED"]
        key = client.add("Held", START, status="TENTATIVE", user="colleague")
        assert client.ask("GET", f"/worlds/current/calendar/{key}")["record"]["status"] == "TENTATIVE"
        with pytest.raises(ControlError, match="NetSuite knows no status 'Held' of appointments; it knows CONFIRMED"):
            client.add("Held", START, status="Held")
        control.close()


def test_a_refusal_of_the_crm_stands_at_the_field_that_it_names() -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        control = Control(simulator)
        status, sentence, field = refused(control, start="2027-03-04T23:30:00-08:00", minutes=60)
        control.close()

    assert (status, field) == (422, "start"), sentence

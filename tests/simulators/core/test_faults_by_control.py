"""Faults over the control API: armed, listed, disarmed, and refused with a reason."""

from collections.abc import Iterator
from typing import Any

import pytest

from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.client import ControlClient, ControlError
from greenroom.simulators.core.faults import FAULTS
from tests.fakes import Fake
from tests.simulators.core.test_faults import cancel, done, status
from tests.simulators.core.test_faults import fake as fake  # noqa: PLC0414 - a fixture


@pytest.fixture
def control(fake: Fake) -> Iterator[ControlClient]:
    api = Control(fake.simulator)
    yield ControlClient(api.url)
    api.close()


def test_faults_by_the_control_api(fake: Fake, control: ControlClient) -> None:
    first = control.arm("status", value="502", times=2, stage="after-commit")
    second = control.arm("reset", on="read", after="cancel", skip=3)
    assert [(f["number"], f["fault"], f["stage"], f["on"], f["times"]) for f in control.faults()] == [
        (first, "status", "after-commit", "cancel", 2),
        (second, "reset", "after-commit", "read", 1),
    ]
    assert [(f["skip"], f["after"]) for f in control.faults()] == [(0, None), (3, "cancel")]
    control.disarm(second)
    assert (fake.ask("GET", fake.entry()).status_code, status(cancel(fake)), done(fake)) == (200, 502, True)
    assert control.faults()[0]["fired"] == 1
    assert control.journal()[-1]["fault"] == "status=502@after-commit"
    control.disarm()
    assert control.faults() == []


def test_refused_by_the_control_api(fake: Fake, control: ControlClient) -> None:
    number = control.arm("refused")
    assert cancel(fake) is None
    control.disarm(number)
    assert status(cancel(fake)) == 204


def test_the_control_api_lists_what_there_is(control: ControlClient) -> None:
    known = control.ask("GET", "/faults")

    assert set(known) == set(FAULTS)
    assert all(fault["title"] and fault["stages"] for fault in known.values())


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"fault": "flood"}, "no fault 'flood'; there are: status, page"),
        ({"fault": "garbage", "stage": "before-commit"}, "cannot fire at before-commit; use one of: after-commit"),
        ({"fault": "status", "value": "404", "stage": "after-commit"}, "no CRM refuses what it has done"),
        ({"fault": "reset", "times": 0}, "body.times: 0 is less than the minimum of 1"),
        ({"fault": "delay", "retryAfter": 3}, "fault 'delay' takes no retry-after"),
        ({"fault": "reset", "skip": -1}, "body.skip: -1 is less than the minimum of 0"),
        (
            {"fault": "reset", "after": "lunch"},
            "a fault cannot wait for 'lunch'; use cancel, confirm, create, update, read",
        ),
        ({"fault": "status", "retryAfter": "soon"}, "body.retryAfter"),
        ({"fault": "status", "retryAfter": 3601}, "body.retryAfter"),
        ({"fault": "certificate"}, "nothing answers over TLS here"),
        ({"fault": "reset", "when": "now"}, "Additional properties are not allowed"),
        ({}, "'fault' is a required property"),
    ],
)
def test_what_cannot_be_armed(control: ControlClient, body: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ControlError, match=sentence):
        control.ask("POST", "/worlds/current/faults", body)
    with pytest.raises(ControlError, match="no fault 99 is armed"):
        control.disarm(99)
    assert control.faults() == []

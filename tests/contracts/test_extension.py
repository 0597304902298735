"""A call that is still at work gets more time: its verdict does not depend on the speed of this machine."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.runs import certificate

STEPS = """
import time
import requests

CANCELLATION = "removed"

def refresh_appointment(*, user, auth_header, appointment_id):
    url = f"https://{{user['hostname']}}/api/v4/calendar_entries/{{appointment_id}}.json"
    for number in range({steps}):
        requests.get(url, params={{"fields": "id", "page_token": {question}}}, headers={{"Authorization": auth_header}}, timeout=5)
        time.sleep(0.07)
    return {{"successful": False, "returnMessage": {{"message": "So it is.", "messageType": "info", "ttl": 3000}}}}
"""


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("steps", "question", "ended"),
    [
        pytest.param(50, "number", "returned", id="new questions come to an end"),
        pytest.param(10_000, "number", "timed-out", id="new questions without end"),
        pytest.param(10_000, "1", "timed-out", id="one question without end"),
    ],
)
def test_a_call_that_asks_something_new_is_waited_for(tmp_path: Path, steps: int, question: str, ended: str) -> None:
    path = tmp_path / "steps.py"
    path.write_text(STEPS.format(steps=steps, question=question))
    began = time.monotonic()
    outcome: dict[str, Any] = certificate(str(path), "clio", scenarios=("plain",), deadline=3.0).calls[0]["outcome"]

    assert outcome["kind"] == ended
    assert time.monotonic() - began < 60

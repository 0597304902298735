"""Lanes that wait for each other: late work of seconds is heard, an old process is called again, nothing runs longer."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from greenroom.contracts.run.certificate import ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.listening import Others
from greenroom.contracts.run.runner import certify
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.left_behind import LEFT_BEHIND
from greenroom.contracts.scenarios.memory import AT_THE_END
from greenroom.contracts.scenarios.plain import PLAIN
from tests.catalogue import NEEDS_VIRTUAL_TIME, correct
from tests.contracts.runs import certificate, failed

SHORT = replace(LEFT_BEHIND, listened=0.3)


def started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_the_last_scenario_waits_for_all_others() -> None:
    others = Others(threading.Event())
    others.begin([[PLAIN, AT_THE_END], [SHORT]])
    waiting = started(others.wait)
    others.over(PLAIN)
    waiting.join(0.05)
    assert waiting.is_alive()
    others.over(SHORT)
    waiting.join(5)

    assert not waiting.is_alive()


def test_it_is_listened_until_everything_is_over_and_long_enough() -> None:
    others = Others(threading.Event())
    others.begin([[PLAIN, AT_THE_END], [SHORT]])
    others.over(PLAIN)
    others.over(SHORT)
    since, listening = time.monotonic(), started(others.listen)
    listening.join(0.05)
    assert listening.is_alive()
    others.over(AT_THE_END)
    listening.join(5)

    assert not listening.is_alive()
    assert time.monotonic() - since >= SHORT.listened - 0.01


def test_faster_clocks_are_listened_to_for_so_much_less() -> None:
    others = Others(threading.Event())
    others.begin([[LEFT_BEHIND]])
    since = time.monotonic()
    others.over(LEFT_BEHIND, rate=50.0)
    others.listen()

    assert LEFT_BEHIND.listened / 50 - 0.01 <= time.monotonic() - since < LEFT_BEHIND.listened


def test_nobody_waits_in_a_run_that_was_stopped() -> None:
    stopped = threading.Event()
    others = Others(stopped)
    others.begin([[PLAIN, AT_THE_END], [LEFT_BEHIND]])
    others.over(LEFT_BEHIND)
    threads = [started(others.wait), started(others.listen)]
    stopped.set()
    others.wake()
    for thread in threads:
        thread.join(2)

    assert not any(thread.is_alive() for thread in threads)


def test_what_is_played_last_is_told_last() -> None:
    config = RunConfig(correct()[0].target, "clio", scenarios=("plain", "at-the-end", "odd-ids"))
    events = list(certify(config))
    told = [event.id for event in events if isinstance(event, ScenarioPlayed)]

    assert told[-1] == "at-the-end"
    assert isinstance(events[-1], RunFinished)
    assert [s.lane for s in SCENARIOS if s.when_others_are_over] == ["main"]  # the first process is the oldest


def test_a_selection_without_late_work_is_not_listened_to_for_long() -> None:
    since = time.monotonic()
    certificate(correct()[0].target, "clio", scenarios=("plain",))

    assert time.monotonic() - since < LEFT_BEHIND.listened


CONNECTOR = """
import os, threading, requests

def ask(method, url, header, **more):
    return requests.request(method, url, headers={'Authorization': header}, timeout=5, allow_redirects=False, **more)

def told(answer):
    kind = 'success' if answer.ok else 'warning'
    return {'successful': answer.ok, 'returnMessage': {'message': 'So it went.', 'messageType': kind, 'ttl': 1}}

def url(user, key):
    return f"https://{user['hostname']}/api/v4/calendar_entries/{key}.json"
"""


def connector(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "connector.py"
    text = "\n".join(f"    {line}" for line in lines)
    path.write_text(f"{CONNECTOR}\ndef cancel_appointment(*, user, auth_header, appointment_id):\n{text}\n")
    return str(path)


def late(calls: Any) -> list[tuple[str, int, str]]:
    """Return which calls left requests behind: scenario, step, operation."""
    return [(call["scenario"], call["step"], entry["operation"]) for call in calls for entry in call["late"]]


@pytest.mark.parametrize("clocks", ["real", pytest.param("virtual", marks=NEEDS_VIRTUAL_TIME)])
def test_a_timer_of_five_seconds_is_heard_and_blamed_on_its_call(tmp_path: Path, clocks: str) -> None:
    target = connector(
        tmp_path,
        "answer = ask('DELETE', url(user, appointment_id), auth_header)",
        "if answer.status_code == 503:",
        "    again = threading.Timer(5, ask, ('DELETE', url(user, appointment_id), auth_header))",
        "    again.daemon = True",
        "    again.start()",
        "return told(answer)",
    )
    found = certificate(target, "clio", "resilient", scenarios=("left-behind",), time=clocks)

    assert late(found.calls) == [("left-behind", 1, "cancel")]
    assert set(failed(found, "must")) == {"bounds.writes-before-it-answers"}


@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_with_one_token_each_request_is_its_own_calls(crm: str) -> None:
    """Of the reference connector, in the scenario in which one user goes on with one token."""
    target = next(each.target for each in correct() if each.path.stem == crm)
    found = certificate(target, crm, "resilient", scenarios=("refused-before",), interfaces=("cancelAppointment",))
    calls = [call for call in found.calls if call["actor"]["role"] == "owner"]
    state = [call for call in found.calls[-4:] if call["state"]["before"] == "live"]

    assert len({call["params"]["authHeader"] for call in calls}) == 1
    for call in found.calls:
        assert {entry["record"] for entry in call["journal"]} == {call["subject"]["id"]}
        assert call["late"] == []
    assert len(state) >= 3
    assert all(call["outcome"]["value"]["successful"] for call in state)
    assert sum(call["outcome"]["value"]["successful"] is False for call in found.calls) >= 10


def test_late_work_of_an_earlier_call_with_the_same_token_is_blamed_on_that_call(tmp_path: Path) -> None:
    """Each names an appointment of its own: a tenth of a second later the next call is under way."""
    target = connector(
        tmp_path,
        "answer = ask('DELETE', url(user, appointment_id), auth_header)",
        "if answer.status_code == 409:",
        "    threading.Timer(0.1, ask, ('DELETE', url(user, appointment_id), auth_header)).start()",
        "return told(answer)",
    )
    found = certificate(target, "clio", "resilient", scenarios=("refused-before",))

    assert [operation for _, _, operation in late(found.calls)] == ["cancel"]
    (call,) = [call for call in found.calls if call["late"]]
    assert 409 in [entry["answer"]["status"] for entry in call["journal"]]

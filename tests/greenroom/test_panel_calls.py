"""What the panel tells of a call, over its part of the control API: whose doing was what, and what cannot be judged."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from greenroom.contracts.run.config import RunConfig
from greenroom.panel.serving import served
from greenroom.simulators.core.control.client import ControlClient, ControlError
from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.connectors import LISTS, connector

REFERENCE = HERE.parent / "connectors" / "reference"
TARGET, NEIGHBOUR = "1750624234", "17506242341"
ENTRY = "/api/v4/calendar_entries/{}.json"
SLOW = (
    "answer = delete(user, auth_header, appointment_id)\nreturn told('m', 'success' if answer.ok else 'error', ttl=1)"
)


@contextmanager
def panel(target: Path, crm: str = "clio", **more: Any) -> Iterator[ControlClient]:
    with served(RunConfig(str(target), crm, **more)) as control:
        yield ControlClient(control.url)


def cancel(client: ControlClient, key: str = TARGET) -> Any:
    return client.ask("POST", "/panel/cancel", {"appointmentId": key})


def musts(told: Any) -> list[str]:
    return [each["id"] for each in told["broken"] if each["strength"] == "must"]


@pytest.mark.parametrize("header", [None, "", "Bearer nope", "of a colleague"])
def test_what_others_ask_is_not_blamed_on_the_call(header: str | None) -> None:
    """Somebody tries the fake by hand, with whatever credential, while the panel is open."""
    with panel(REFERENCE / "clio.py") as client:
        url = client.health()["url"] + ENTRY.format(NEIGHBOUR)
        value = client.log_in("colleague")["authHeader"] if header == "of a colleague" else header
        headers = {} if value is None else {"Authorization": value}
        requests.get(url, headers=headers, timeout=5)
        told = cancel(client)
        requests.delete(url, headers=headers, timeout=5)
        again = client.ask("GET", f"/panel/calls/{told['number']}")

    assert [entry["request"]["method"] for entry in told["call"]["journal"]] == ["GET", "DELETE"]
    assert again["call"]["late"] == []
    assert again["broken"] == []


def test_a_connector_that_uses_somebodys_token_is_not_taken_for_somebody(tmp_path: Path) -> None:
    with panel(connector(tmp_path, "pass")) as client:
        token = client.log_in("owner")["authHeader"]
        connector(tmp_path, f"delete(user, {token!r}, appointment_id)\nreturn told('m', ttl=1)")
        told = cancel(client)

    assert [entry["operation"] for entry in told["call"]["journal"]] == ["cancel"]
    assert told["call"]["state"]["final"] == "removed"


def until(condition: Callable[[], Any]) -> None:
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def mid_call(client: ControlClient, act: Callable[[], Any], key: str = TARGET) -> Any:
    """Cancel, and let something happen while the CRM is slow to answer."""
    client.arm("delay", value="2")
    found: list[Any] = []
    calling = threading.Thread(target=lambda: found.append(cancel(ControlClient(client.url), key)))
    calling.start()
    until(lambda: client.faults()[0]["fired"])
    act()
    calling.join()
    return found[0]


def test_a_call_waits_for_a_connector_that_is_being_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at the page may have begun to load what was just saved; that is no other call, and takes its time."""
    monkeypatch.setattr("greenroom.panel.panel.PATIENCE", 0.3)
    begun, done = tmp_path / "begun", tmp_path / "done"
    wait = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\n"
    wait += f"while not pathlib.Path({str(done)!r}).exists(): time.sleep(0.01)\n"
    with panel(connector(tmp_path, "return told('old', ttl=1)")) as client:
        connector(tmp_path, "return told('new', ttl=1)", wait)
        looking = threading.Thread(target=lambda: ControlClient(client.url).ask("GET", "/panel"))
        looking.start()
        until(begun.exists)
        threading.Timer(3.0, done.touch).start()  # ten times as long as a call waits for another one
        told = cancel(client)
        looking.join()

    assert told["call"]["outcome"]["value"]["returnMessage"]["message"] == "new"


def test_a_reset_while_a_call_is_under_way_leaves_nothing_to_judge(tmp_path: Path) -> None:
    with panel(connector(tmp_path, SLOW)) as client:
        told = mid_call(client, client.reset)
        again = client.ask("GET", f"/panel/calls/{told['number']}")

    for each in (told, again):
        assert (each["broken"], each["judged"]) == ([], 0)
        assert "reset, loaded or dropped" in each["errored"][0]


def test_a_change_by_others_while_a_call_is_under_way_is_nobodys_fault() -> None:
    with panel(REFERENCE / "netsuite.py", "netsuite") as client:
        told = mid_call(client, lambda: client.ask("DELETE", "/worlds/current/records/calendarEvent/12346"), "12346")

    assert told["broken"] == []
    assert "somebody changed" in told["errored"][0]


def test_a_change_by_others_right_after_a_call_is_not_the_calls(tmp_path: Path) -> None:
    with panel(connector(tmp_path, "return told('No.', 'error', ttl=1)")) as client:
        told = cancel(client)
        client.ask("DELETE", f"/worlds/current/records/calendar_entries/{TARGET}")
        again = client.ask("GET", f"/panel/calls/{told['number']}")

    assert again["call"]["state"]["final"] == "live"
    assert musts(again) == musts(told)


def test_work_after_the_answer_counts_also_where_a_list_was_asked_for(tmp_path: Path) -> None:
    body = """
    import threading
    threading.Timer(0.3, delete, (user, auth_header, appointment_id)).start()
    return told("Done.", ttl=1)
    """
    with panel(connector(tmp_path, body, LISTS)) as client:
        told = cancel(client)
        client.ask("GET", "/panel/appointments")
        look = f"/panel/calls/{told['number']}"
        until(lambda: client.ask("GET", look)["call"]["state"]["final"] == "removed")
        again = client.ask("GET", look)

    assert again["call"]["state"]["final"] == "removed"
    assert "bounds.writes-before-it-answers" in musts(again)
    assert "effect.cancelled" not in musts(again)


def test_no_secret_is_shown_also_of_a_world_that_is_gone(tmp_path: Path) -> None:
    with panel(connector(tmp_path, "raise RuntimeError(auth_header)")) as client:
        told = cancel(client)
        client.new_world()
        client.ask("DELETE", "/worlds/clio-1")
        again = client.ask("GET", f"/panel/calls/{told['number']}")

    assert again["call"]["params"]["authHeader"] == "Bearer <owner.accessToken>"
    assert again["call"]["outcome"]["error"]["message"] == "Bearer <owner.accessToken>"


def test_an_error_while_loading_shows_no_secret(tmp_path: Path) -> None:
    secret = 'a "very" secret \\ thing'
    with panel(connector(tmp_path, "pass"), env={"CLIO_CLIENT_SECRET": secret}) as client:
        text = "import os\nraise RuntimeError(os.environ['CLIO_CLIENT_SECRET'])\n"
        (tmp_path / "connector.py").write_text(text, "utf-8")
        state = client.ask("GET", "/panel")

    assert "does not load" in state["error"]
    assert "<app.clientSecret>" in state["error"]
    assert "very" not in json.dumps(state)


RESULTS = [
    "{'successful': False, 'appointments': None}",
    "{'appointments': 'x'}",
    "None",
    "[]",
    "{'appointments': [1]}",
]


@pytest.mark.parametrize("result", RESULTS)
def test_whatever_a_list_returns_is_no_failure_of_ours(tmp_path: Path, result: str) -> None:
    lists = f"def list_appointments(*, user, auth_header, range):\n    return {result}\n"
    with panel(connector(tmp_path, "return told('m', ttl=1)", lists)) as client:
        found = client.ask("GET", "/panel/appointments")

    assert (found["source"], found["appointments"]) == ("connector", [])


def test_a_list_that_is_mended_is_used(tmp_path: Path) -> None:
    wrong = "def list_appointments(page):\n    return {}\n"
    with panel(connector(tmp_path, "return told('m', ttl=1)", wrong)) as client:
        before = client.ask("GET", "/panel")["offers"]
        connector(tmp_path, "return told('m', ttl=1)", LISTS)
        mended = client.ask("GET", "/panel")["offers"]
        connector(tmp_path, "return told('m', ttl=1)", wrong)
        state = client.ask("GET", "/panel")

    alone = ["cancelAppointment"]
    assert (before, mended, state["offers"], state["error"]) == (alone, [*alone, "listAppointments"], alone, "")


def test_a_second_call_at_the_same_time_is_refused_in_words(tmp_path: Path) -> None:
    with panel(connector(tmp_path, SLOW)) as client:
        client.arm("delay", value="2")
        calling = threading.Thread(target=lambda: cancel(ControlClient(client.url)))
        calling.start()
        until(lambda: client.ask("GET", "/panel")["waiting"] is not None)
        with pytest.raises(ControlError, match="busy with another call"):
            cancel(client)
        calling.join()


def test_broken_promises_come_before_advice() -> None:
    with panel(HERE / "faulty" / "truth.lost-is-not-done.clio.py") as client:
        client.arm("reset", stage="before-commit")
        strengths = [each["strength"] for each in cancel(client)["broken"]]

    assert set(strengths) == {"must", "should"}
    assert strengths == sorted(strengths)


def test_a_refused_request_reaches_no_connector() -> None:
    with panel(REFERENCE / "clio.py") as client:
        told = client.ask("POST", "/panel/create", {"asked": {"title": ""}})
        state = client.ask("GET", "/panel")

    assert told["refused"]["error"] == "Invalid appointment create request"
    assert state["last"] is None


def test_the_form_knows_the_contacts_of_the_crm() -> None:
    with panel(REFERENCE / "netsuite.py", "netsuite") as client:
        found = client.ask("GET", "/panel/form")

    assert [(each["name"], each["type"]) for each in found["contacts"]] == [("Casey Client", "contact")]
    assert (found["total"], found["kinds"]) == (1, ["contact", "customer", "vendor"])
    assert found["notes"] == {"contacts": ""}


def test_lists_and_refreshes_are_judged_like_other_calls() -> None:
    with panel(REFERENCE / "clio.py") as client:
        listed = client.ask("GET", "/panel/appointments")["call"]
        again = client.ask("GET", f"/panel/calls/{listed['number']}")
        refreshed = client.ask("POST", "/panel/refresh", {"appointmentId": TARGET})
        state = client.ask("GET", "/panel")

    assert (listed["musts"], listed["advice"], listed["errored"]) == (0, 0, [])
    assert again["call"]["interface"] == "listAppointments"
    assert again["judged"] == listed["judged"] > 0
    assert refreshed["call"]["outcome"]["value"]["appointment"]["id"] == TARGET
    assert refreshed["broken"] == []
    assert (state["last"], state["waiting"]) == (None, None)


def test_what_the_crm_does_not_know_is_refused_in_words() -> None:
    with panel(REFERENCE / "clio.py") as client, pytest.raises(ControlError, match="offers no confirmAppointment"):
        client.ask("POST", "/panel/confirm", {"appointmentId": TARGET})


@NEEDS_NODE
def test_a_javascript_connector() -> None:
    with panel(HERE / "correct" / "clio.axios_default.cjs") as client:
        told = cancel(client)

    assert told["call"]["state"]["final"] == "removed"
    assert musts(told) == []

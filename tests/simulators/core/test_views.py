"""What people look at, over HTTP: rows of the journal, the calendar, and what is new."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from greenroom.simulators.core.control import views
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.control.client import ControlClient, ControlError
from tests.fakes import Fake


@pytest.fixture
def control(clio: Fake) -> Iterator[Control]:
    found = Control(clio.simulator)
    yield found
    found.close()


@pytest.fixture
def client(control: Control) -> ControlClient:
    return ControlClient(control.url)


def rows(client: ControlClient, **query: Any) -> Any:
    return client.ask("GET", "/worlds/current/journal/rows", **query)


def test_rows_are_the_journal_in_short_newest_first(clio: Fake, client: ControlClient) -> None:
    clio.ask("GET", clio.entry())
    clio.ask("DELETE", clio.entry())
    found = rows(client)

    assert found["total"] == 2
    assert [(row["method"], row["status"]) for row in found["rows"]] == [("DELETE", 204), ("GET", 200)]
    key = clio.world.appointments["target"]
    assert found["rows"][0]["changes"] == [{"table": "calendar_entries", "id": key, "field": "*", "gone": True}]
    assert found["rows"][0]["person"] == "owner"
    assert "body" not in json.dumps(found)


def test_rows_come_a_page_at_a_time(clio: Fake, client: ControlClient) -> None:
    for number in range(7):
        clio.ask("GET", f"/api/v4/calendar_entries/{number}.json")
    pages = [rows(client, offset=offset, limit=3)["rows"] for offset in (0, 3, 6, 9)]

    assert [row["path"][-6] for page in pages for row in page] == list("6543210")
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len(rows(client, limit=10_000)["rows"]) <= views.PAGE


@pytest.mark.parametrize(("text", "count"), [("delete", 1), ("404", 1), ("CALENDAR_entries", 2), ("nothing", 0)])
def test_rows_are_found_by_their_words(clio: Fake, client: ControlClient, text: str, count: int) -> None:
    clio.ask("DELETE", clio.entry())
    clio.ask("GET", clio.entry())

    assert rows(client, text=text)["total"] == count


def test_rows_tell_no_secret(clio: Fake, client: ControlClient) -> None:
    secret = clio.login.token
    clio.ask("GET", f"/api/v4/calendar_entries.json?query={secret}")
    found = rows(client)

    assert secret not in json.dumps(found)
    assert found["rows"][0]["query"] == "query=<owner.accessToken>"


def test_a_day_of_the_calendar(clio: Fake, client: ControlClient) -> None:
    clio.ask("DELETE", clio.entry())
    found = client.ask("GET", "/worlds/current/days/nearest")

    assert (found["day"], found["timezone"], found["next"]) == ("2027-03-02", "America/Los_Angeles", "2027-03-05")
    states = {each["id"]: each["state"] for each in found["appointments"]}
    assert states.pop(clio.world.appointments["target"]) == "gone"
    assert set(states.values()) == {"live"}
    with pytest.raises(ControlError, match="YYYY-MM-DD"):
        client.ask("GET", "/worlds/current/days/tomorrow")


def test_the_list_of_the_calendar(client: ControlClient) -> None:
    found = client.ask("GET", "/worlds/current/calendar", text="hearing", limit=2)

    assert found["total"] == 3
    assert [each["title"] for each in found["appointments"]] == ["Hearing on motion"] * 2


def test_one_appointment_and_what_became_of_it(clio: Fake, client: ControlClient) -> None:
    key = clio.world.appointments["target"]
    there = client.ask("GET", f"/worlds/current/calendar/{key}")
    clio.ask("DELETE", clio.entry())
    gone = client.ask("GET", f"/worlds/current/calendar/{key}")

    assert (there["state"], there["record"]["id"]) == ("live", key)
    assert (gone["state"], gone["record"], gone["appointment"]["title"]) == ("removed", None, "Hearing on motion")
    with pytest.raises(ControlError, match="no appointment 7"):
        client.ask("GET", "/worlds/current/calendar/7")


def news(control: Control) -> Iterator[Any]:
    with requests.get(f"{control.url}/worlds/current/news", stream=True, timeout=10) as stream:
        for line in stream.iter_lines(decode_unicode=True):
            if line.startswith("data: "):
                yield json.loads(line[6:])


def test_news_differ_where_something_changed(clio: Fake, control: Control, client: ControlClient) -> None:
    heard = news(control)
    before = next(heard)
    clio.ask("DELETE", clio.entry())
    after = next(heard)
    client.arm("reset")
    armed = next(heard)

    assert {name for name in before if before[name] != after[name]} == {"entries", "records"}
    assert {name for name in after if after[name] != armed[name]} == {"faults"}


def test_news_go_on_through_a_reset_and_end_with_the_world(clio: Fake, control: Control, client: ControlClient) -> None:
    client.new_world()
    with requests.get(f"{control.url}/worlds/clio-1/news", stream=True, timeout=10) as stream:
        lines = (line for line in stream.iter_lines(decode_unicode=True) if line.startswith("data: "))
        clio.ask("GET", clio.entry())
        assert next(each for each in map(entries, lines) if each) == 1
        client.reset("clio-1")
        assert next(each for each in map(entries, lines) if each == 0) == 0
        client.ask("DELETE", "/worlds/clio-1")
        assert list(itertools.islice(lines, 5)) == []


def entries(line: str) -> int:
    return int(json.loads(line[6:])["entries"])

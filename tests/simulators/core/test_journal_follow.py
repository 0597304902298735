"""Following a journal over the control API, and what a journal never shows."""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import MOST_FOLLOWERS, Control
from greenroom.simulators.core.control.client import ControlClient
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake


@pytest.fixture
def fake(clio: Fake) -> Iterator[Fake]:
    control = Control(clio.simulator)
    clio.control = control  # type: ignore[attr-defined]
    yield clio
    control.close()


@pytest.fixture
def url(fake: Fake) -> str:
    return str(fake.control.url)  # type: ignore[attr-defined]


def test_a_head_takes_no_followers_place(url: str) -> None:
    follow = f"{url}/worlds/current/journal/follow"
    heads = [requests.head(follow, timeout=5).status_code for _ in range(2 * MOST_FOLLOWERS)]
    with requests.get(follow, stream=True, timeout=5) as stream:
        assert stream.status_code == 200
    assert set(heads) == {200}


def test_a_place_is_free_again_when_its_reader_left(url: str) -> None:
    follow = f"{url}/worlds/current/journal/follow"
    for _ in range(MOST_FOLLOWERS):
        requests.get(follow, stream=True, timeout=5).close()
    until = time.monotonic() + 10
    while (status := _status(follow)) == 503 and time.monotonic() < until:
        time.sleep(0.1)

    assert status == 200


def _status(follow: str) -> int:
    with requests.get(follow, stream=True, timeout=5) as stream:
        return stream.status_code


def _reset(client: ControlClient) -> None:
    client.reset()


def _load(client: ControlClient) -> None:
    client.load(client.save())


@pytest.mark.parametrize("renew", [_reset, _load])
def test_a_follower_goes_on_with_the_world_made_anew(
    fake: Fake, url: str, renew: Callable[[ControlClient], None]
) -> None:
    client = ControlClient(url)
    with requests.get(f"{url}/worlds/current/journal/follow", stream=True, timeout=5) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == ": following"
        renew(client)
        fake.ask("DELETE", fake.entry())
        told = next(line for line in itertools.islice(lines, 40) if line.startswith('data: {"seq"'))

    assert json.loads(told[6:])["operation"] == "cancel"


def test_the_client_follows_through_a_reset(fake: Fake, url: str) -> None:
    client = ControlClient(url)
    heard: list[Any] = []

    def read() -> None:
        for entry in client.follow():
            heard.append(entry["operation"])
            if entry["operation"] == "cancel":
                return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while not heard:
        fake.ask("GET", fake.entry())
        reader.join(timeout=0.05)
    ControlClient(url).reset()
    fake.ask("DELETE", fake.entry())
    reader.join(timeout=30)

    assert {*heard[:-1]} == {"read"}
    assert heard[-1] == "cancel"


def test_what_came_right_before_a_reset_is_told(fake: Fake, url: str) -> None:
    """Entries are told together, and the rest of those of a world that goes is not forgotten."""
    with requests.get(f"{url}/worlds/current/journal/follow", stream=True, timeout=5) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == ": following"
        for method in ("GET", "GET", "DELETE"):
            fake.ask(method, fake.entry())
        ControlClient(url).reset()
        told = list(itertools.takewhile(lambda line: line != "event: reset", lines))

    assert [json.loads(line[6:])["operation"] for line in told if line.startswith("data:")] == [
        "read",
        "read",
        "cancel",
    ]


def test_what_is_kept_no_more_is_passed_over(fake: Fake, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenroom.simulators.core.journal.KEPT", 4)
    for _ in range(9):
        fake.ask("GET", fake.entry())
    with requests.get(f"{url}/worlds/current/journal/follow?since=2", stream=True, timeout=5) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        told = list(itertools.takewhile(lambda line: line != ": silence", lines))

    assert [line for line in told if line.startswith("id:")] == [f"id: {number}" for number in range(6, 10)]


def test_a_stream_tells_of_a_reset_and_ends_with_its_world(url: str) -> None:
    client = ControlClient(url)
    client.new_world()
    with requests.get(f"{url}/worlds/clio-1/journal/follow", stream=True, timeout=10) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == ": following"
        client.ask("POST", "/worlds/clio-1/reset")
        assert "event: reset" in itertools.islice(lines, 10)
        client.ask("DELETE", "/worlds/clio-1")
        assert "event: entry" not in list(lines)


def test_no_entries_are_shown_where_none_are_wanted(fake: Fake, url: str) -> None:
    fake.ask("GET", fake.entry())

    assert ControlClient(url).journal(limit="0") == []
    assert len(ControlClient(url).journal(limit="1")) == 1


@pytest.mark.parametrize(
    "header", ["Bearer real-token.of.a-CRM", "Basic cmVhbC10b2tlbi5vZi5hLUNSTQ==", "real-token.of.a-CRM"]
)
@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_a_credential_that_no_fake_gave_out_is_masked_too(crm: str, header: str) -> None:
    with Simulator(CRMS[crm]) as simulator:
        fake = Fake(simulator)
        fake.ask("GET", fake.entry(), headers={"Authorization": header})
        fake.ask("GET", fake.entry())
        unknown, known = [entry.to_json(fake.world.secrets.mask) for entry in fake.world.journal.since()]

    assert header.rsplit(" ", 1)[-1] not in str(unknown)
    assert "<unknown>" in unknown["request"]["headers"]["Authorization"]
    assert known["request"]["headers"]["Authorization"] == "Bearer <owner.accessToken>"

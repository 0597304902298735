"""The connection to a worker: who waits for an answer reads, for others too; notes are taken whoever looks."""

import json
import queue
import select
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from greenroom.connectors.bridges import protocol
from greenroom.connectors.bridges.channel import Answer, Channel, Message
from greenroom.connectors.errors import ProtocolError
from tests.greenroom.shell import eventually

ASKED = {"type": "call", "interface": "cancelAppointment", "params": {}}
NOTE = {"type": "sent", "method": "GET", "path": "/", "at": [], "moment": 1.0}


class Worker:
    """The other end of a channel, and what was noted."""

    def __init__(self) -> None:
        self.notes: list[Message] = []
        ours, self.end = socket.socketpair()
        self.channel = Channel(ours, self.notes.append)

    def send(self, *messages: Message) -> None:
        self.end.sendall(b"".join(json.dumps(each).encode() + b"\n" for each in messages))

    def answer(self, seq: int, value: Any) -> None:
        self.send({"type": "result", "seq": seq, "outcome": "returned", "value": value})

    def ask(self) -> tuple[int, Answer]:
        sent = self.channel.send(ASKED)
        assert sent
        return sent


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.end.close()
    worker.channel.close()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_each_of_several_gets_its_own_answer(worker: Worker, order: tuple[int, ...]) -> None:
    """The one who reads passes the others' on, and another one goes on when it has its own."""
    asked = [worker.ask() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(worker.channel.wait, answer, 10) for _, answer in asked]
        for place in order:
            worker.answer(asked[place][0], f"answer {place}")
            found = waiting[place].result(10)
            assert found
            assert found["value"] == f"answer {place}"


def test_an_answer_that_does_not_come_is_waited_for_no_longer(worker: Worker) -> None:
    _, answer = worker.ask()

    with pytest.raises(queue.Empty):
        worker.channel.wait(answer, 0.01)


def test_notes_are_taken_before_the_answer_that_follows(worker: Worker) -> None:
    seq, answer = worker.ask()
    worker.send(NOTE, NOTE)
    worker.answer(seq, None)

    assert worker.channel.wait(answer, 10)
    assert worker.notes == [NOTE, NOTE]


def test_who_looks_takes_what_has_come(worker: Worker) -> None:
    for number in range(1, 20):
        worker.send(NOTE)
        worker.channel.look()
        assert len(worker.notes) == number


def test_notes_are_taken_where_nobody_looks(worker: Worker) -> None:
    worker.send(NOTE)
    eventually(lambda: worker.notes == [NOTE], seconds=10)


def test_an_answer_comes_in_pieces(worker: Worker) -> None:
    seq, answer = worker.ask()
    line = json.dumps({"type": "result", "seq": seq, "outcome": "returned", "value": "x" * 300_000}).encode() + b"\n"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(worker.channel.wait, answer, 10)
        for place in range(0, len(line), 100_000):
            worker.end.sendall(line[place : place + 100_000])
        found = waiting.result(10)

    assert found
    assert len(found["value"]) == 300_000


def test_whoever_waits_hears_that_the_worker_is_gone(worker: Worker) -> None:
    asked = [worker.ask() for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(worker.channel.wait, answer, 10) for _, answer in asked]
        worker.end.close()
        assert [each.result(10) for each in waiting] == [None, None]

    assert worker.channel.send(ASKED) is None


@pytest.mark.parametrize("polls", [True, False])
def test_a_channel_that_was_closed_asks_and_reads_nothing(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, *, polls: bool
) -> None:
    if not polls:
        monkeypatch.delattr(select, "poll", raising=False)
    _, answer = worker.ask()
    worker.channel.close()
    worker.channel.look()

    assert worker.channel.wait(answer, 5) is None
    assert worker.channel.send(ASKED) is None


@pytest.mark.parametrize(
    "line", [b"no message\n", b'{"type": "result", "seq": 99, "outcome": "returned"}\n', b"x" * 200]
)
def test_what_is_no_message_ends_the_channel(worker: Worker, line: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LARGEST_LINE", 100)
    _, answer = worker.ask()
    worker.end.sendall(line)

    assert worker.channel.wait(answer, 10) is None
    assert isinstance(worker.channel.broken, ProtocolError)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"moment": 2}, True),
        ({"moment": "2"}, False),
        ({"moment": True}, False),
        ({"at": ["a.py:1"]}, True),
        ({"at": [1]}, False),
        ({"path": None}, False),
        ({"more": 1}, False),
    ],
)
def test_each_field_of_a_message_is_looked_at_whatever_came_before(change: Message, fits: bool) -> None:
    assert protocol.decode(json.dumps(NOTE).encode()) == NOTE
    line = json.dumps({**NOTE, **change}).encode()
    if fits:
        assert protocol.decode(line) == {**NOTE, **change}
    else:
        with pytest.raises(ProtocolError, match="'sent' message of the wrong shape"):
            protocol.decode(line)


@pytest.mark.parametrize("name", NOTE)
def test_no_field_of_a_message_is_missing(name: str) -> None:
    line = json.dumps({key: value for key, value in NOTE.items() if key != name}).encode()

    with pytest.raises(ProtocolError):
        protocol.decode(line)


@pytest.mark.parametrize("seq", [0, -1, 1.5, True, "1", None])
def test_numbers_of_requests_count_from_one(seq: Any) -> None:
    good = {"type": "result", "seq": 1, "outcome": "returned", "value": None}
    assert protocol.decode(json.dumps(good).encode()) == good

    with pytest.raises(ProtocolError):
        protocol.decode(json.dumps({**good, "seq": seq}).encode())


def test_messages_say_nothing_that_is_judged_beside_their_fields() -> None:
    """Fields are looked at one by one: a rule on several at once would not be seen."""
    for kind in protocol._KINDS:
        definition = protocol._SCHEMA["$defs"][kind]
        assert definition.keys() - {"description"} == {"type", "required", "properties", "additionalProperties"}
        assert (definition["type"], definition["additionalProperties"]) == ("object", False)

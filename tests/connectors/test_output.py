"""What a worker prints, told apart by call: taken by whoever asks, or by the thread that reads on."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from greenroom.connectors.bridges import systems
from greenroom.connectors.bridges.output import Stream
from tests.greenroom.shell import eventually

MARKER = "greenroom:0"


class Printed:
    """A stream, and the end that is written to."""

    def __init__(self) -> None:
        reader, self.number = os.pipe()
        self.stream = Stream(os.fdopen(reader, "rb", buffering=0), MARKER)

    def write(self, text: str) -> None:
        whole = text.encode()
        while whole:
            whole = whole[os.write(self.number, whole) :]

    def mark(self, what: str, seq: int) -> None:
        self.write(f"\n{MARKER} {what} {seq}\n")

    def call(self, seq: int, text: str = "") -> None:
        self.mark("begin", seq)
        self.write(text)
        self.mark("end", seq)


@pytest.fixture(params=["tells", "blocks"])
def printed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Printed]:
    """A stream on a system that tells what has come, and on one that does not."""
    if request.param == "blocks":
        monkeypatch.setattr(systems, "never_blocks", lambda _number: False)
    printed = Printed()
    yield printed
    os.close(printed.number)
    printed.stream.join()


def test_output_belongs_to_the_call_in_which_it_came(printed: Printed) -> None:
    printed.write("loading\n")
    for seq in (2, 3):
        printed.call(seq, f"in {seq}\nand\n")
        printed.write(f"after {seq}\n")
    printed.call(4)
    printed.stream.wait(4)

    texts = [printed.stream.text(0), *(printed.stream.text(seq) for seq in (2, 3, 4))]
    assert texts == ["loading", "in 2\nand", "in 3\nand", ""]
    assert [printed.stream.text(seq, late=True) for seq in (2, 3, 4)] == ["after 2", "after 3", ""]


def test_a_call_without_output_is_waited_for_until_its_end(printed: Printed) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(printed.stream.wait, 2, 60)
        printed.call(2, "done\n")
        waiting.result(10)

    assert printed.stream.text(2) == "done"


def test_the_end_of_a_call_that_does_not_come_is_waited_for_no_longer(printed: Printed) -> None:
    printed.mark("begin", 2)
    printed.stream.wait(2, 0.01)

    assert printed.stream.text(2) == ""


def test_a_flood_blocks_nobody(printed: Printed) -> None:
    """Nobody asks for it, and more comes than a pipe holds."""
    printed.mark("begin", 2)
    printed.write("x" * 99 + "\n")
    for _ in range(30):
        printed.write(("y" * 99 + "\n") * 1000)
    printed.mark("end", 2)
    printed.stream.wait(2, 10)

    assert printed.stream.text(2).startswith("x" * 99)
    assert "more bytes" in printed.stream.text(2)


def test_what_has_no_end_of_its_line_is_taken_as_the_stream_ends() -> None:
    printed = Printed()
    printed.mark("begin", 2)
    printed.write("half a line")
    os.close(printed.number)
    printed.stream.join()

    assert printed.stream.text(2) == "half a line"


def test_counts_change_with_what_was_printed_and_not_with_markers(printed: Printed) -> None:
    stream = printed.stream
    printed.call(2, "in\n")
    stream.wait(2)
    before = stream.counts(2)
    printed.call(3)
    stream.wait(3)
    unchanged = stream.counts(2)
    printed.call(4, "in 4\n")
    printed.write("after 4\n")
    stream.wait(4)

    assert before == unchanged
    eventually(lambda: stream.text(4, late=True) == "after 4", seconds=10)
    assert stream.counts(4) != stream.counts(3)

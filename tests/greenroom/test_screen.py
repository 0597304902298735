"""What people read: a terminal gets its width and a progress that replaces itself, a log gets few plain lines."""

import fcntl
import io
import os
import pty
import re
import shlex
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from rich.console import Console

from greenroom.cli.screen import PlainScreen, TerminalScreen, wrapped
from greenroom.contracts.visible import visible
from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND, greenroom

REFERENCE = str(HERE.parent / "connectors" / "reference" / "clio.py")
LOST = str(HERE / "faulty" / "truth.lost-is-not-done.clio.py")
BRIEF = ("--crm", "clio", "--scenario", "lost-requests", "--interface", "cancelAppointment")
ESCAPE = re.compile(r"\x1b\[[0-?]*[a-zA-Z]")


def on_a_terminal(
    *words: str, columns: int = 80, env: Mapping[str, str] = MappingProxyType({}), stop_at: bytes | None = None
) -> str:
    """Run the command on a terminal of its own, and return all that it wrote there. ``stop_at``: what interrupts it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "PYTHONWARNINGS")}
    with subprocess.Popen(
        [COMMAND, *words], stdin=theirs, stdout=theirs, stderr=theirs, env={**known, "TERM": "xterm-256color", **env}
    ) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                found += os.read(ours, 65536)
                if stop_at and stop_at in found:
                    process.send_signal(signal.SIGINT)
                    stop_at = None
            except OSError:  # nobody writes any more
                break
    os.close(ours)
    return found.decode()


def test_no_line_is_wider_than_the_terminal_and_no_word_is_cut() -> None:
    said = on_a_terminal("certify", LOST, *BRIEF)
    plain = greenroom("certify", LOST, *BRIEF).out
    lines = [line.rsplit("\r", 1)[-1] for line in ESCAPE.sub("", said).replace("\r\n", "\n").split("\n")]
    too_wide = [line for line in lines if len(line) > 80 and len(line.strip().split(" ")) > 1]

    assert too_wide == []
    assert set(" ".join(lines).split()) - {"\\"} >= set(
        plain[plain.index("BROKEN") : plain.index("level reached")].split()
    )
    assert "    got       successful: true; DELETE" in "\n".join(lines)


@pytest.mark.in_turn
def test_the_command_to_repeat_can_be_copied_from_a_terminal() -> None:
    said = ESCAPE.sub("", on_a_terminal("certify", LOST, *BRIEF, columns=60)).replace("\r", "")
    command = re.search(r"repeat: (greenroom certify .*?[^\\])\n", said.replace("\\\n", ""))

    assert command
    assert shlex.split(command[1])[-4:] == ["--scenario", "lost-requests", *BRIEF[-2:]]


@pytest.mark.in_turn
def test_progress_on_a_terminal_replaces_itself() -> None:
    said = on_a_terminal("certify", REFERENCE, *BRIEF)

    assert "1 of 1 scenarios" in said
    assert said.index("\x1b[?25l") < said.index("1 of 1 scenarios") < said.rindex("\x1b[2K")
    assert said.rindex("\x1b[?25h") < said.index("HOLDS")
    assert "\x1b[1;32mHOLDS (selection, no certificate)\x1b[0m" in said


@pytest.mark.in_turn
def test_an_interrupt_gives_the_cursor_back() -> None:
    said = on_a_terminal("certify", REFERENCE, "--crm", "clio", stop_at=b"\x1b[?25l")

    assert said.endswith("greenroom: stopped\r\n")
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


class Interrupted(io.StringIO):
    """A terminal at which the interrupt comes right after a text was written, once."""

    def __init__(self, after: str) -> None:
        super().__init__()
        self._after = after

    def write(self, text: str, /) -> int:
        written = super().write(text)
        if self._after and self._after in self.getvalue():
            self._after = ""
            raise KeyboardInterrupt
        return written


@pytest.mark.parametrize("after", ["\x1b[?25l", "one of 28"])
def test_an_interrupt_while_progress_begins_gives_the_cursor_back(after: str) -> None:
    file = Interrupted(after)
    screen = TerminalScreen(Console(file=file, force_terminal=True))
    with pytest.raises(KeyboardInterrupt):
        screen.progress("one of 28")
    screen.rest()

    assert file.getvalue().rindex("\x1b[?25h") > file.getvalue().rindex("\x1b[?25l")


@pytest.mark.in_turn
@pytest.mark.parametrize(("env", "escapes"), [({"NO_COLOR": "1"}, r"\x1b\[[\d;]*3\dm"), ({"TERM": "dumb"}, r"\x1b")])
def test_a_terminal_that_wants_no_colour_gets_none(env: dict[str, str], escapes: str) -> None:
    said = on_a_terminal("certify", LOST, *BRIEF, env=env)

    assert "NOT CERTIFIED" in said
    assert re.search(escapes, said) is None


def test_a_log_gets_no_line_for_each_scenario() -> None:
    said = greenroom("certify", REFERENCE, *BRIEF)

    assert "played" not in said.out
    assert "\x1b" not in said.out


def test_verbose_names_every_scenario() -> None:
    assert "  played lost-requests " in greenroom("certify", REFERENCE, *BRIEF, "--verbose").out


def test_quiet_is_the_verdict_and_the_broken_promises() -> None:
    lines = [line for line in greenroom("certify", LOST, *BRIEF, "--quiet").out.splitlines() if line[:1].strip()]

    assert [line.split(" /")[0] for line in lines] == [
        "BROKEN truth.lost-is-not-done (must, level resilient): A lost response does not count as a success",
        "NOT CERTIFIED",
    ]


def test_progress_in_a_log_is_rare_and_gets_rarer() -> None:
    lines: list[str] = []
    screen = PlainScreen(lines.append, iter(range(600)).__next__)
    for _ in range(600):
        screen.progress("busy")

    assert [int(line.split()[1]) for line in lines] == [10, 30, 70, 130, 190, 250, 310, 370, 430, 490, 550]


def test_a_message_cannot_forge_a_line(tmp_path: Path) -> None:
    """Newlines, bells, NUL, colours, and marks that turn the direction of writing."""
    message = "gone\nBROKEN effect.cancelled (must)\r\x1b[2J\x07\x00\u202edlog\u2028CERTIFIED"
    path = tmp_path / "c.py"
    path.write_text(
        f"def cancel_appointment(**given):\n    print({message!r})\n"
        f"    return {{'successful': True, 'returnMessage': {{'message': {message!r}, 'messageType': 'success'}}}}\n"
    )
    said = greenroom("certify", str(path), "--crm", "clio", "--scenario", "plain")
    called = greenroom("call", str(path), "cancelAppointment", "--crm", "clio")

    for out in (said.out, called.out):
        assert r"gone\nBROKEN effect.cancelled (must)\r\x1b[2J\x07\x00\u202edlog\u2028CERTIFIED" in out
        assert all(visible(line) == line for line in out.split("\n"))
    assert len([line for line in said.out.splitlines() if line.startswith("BROKEN effect.cancelled")]) == 1


def test_texts_of_all_languages_stay_as_they_are() -> None:
    text = "Termin abgesagt – 予定, رفت\u200cوآمد 👩\u200d⚖️ à 10\u202f:\u00a030"

    assert visible(text) == text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    hint      one two three four", ["    hint      one two three", "              four"]),
        ("  1. one two three four five six seven", ["  1. one two three four five", "     six seven"]),
        (f"one {'a' * 40}", ["one", "a" * 40]),
        ("", [""]),
    ],
)
def test_further_lines_begin_below_the_text(line: str, shown: list[str]) -> None:
    assert wrapped(line, 28) == shown

"""Where the command line shows its lines: by ``rich`` on a terminal, plain in pipes, files and logs of CI."""

import os
import re
import shlex
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.cells import cell_len
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column
from rich.text import Text

from greenroom.contracts.reports.screen import Screen, Style
from greenroom.contracts.visible import visible

STYLES = {"": "", "good": "bold green", "bad": "bold red", "mild": "yellow"}
DUMB = ("dumb", "unknown")
"""Values of TERM for terminals that cannot replace a line."""
FIRST, LONGEST = 10.0, 60.0
"""Seconds to the first line of progress in a log, and the most between two later ones."""
LABEL = re.compile(r" *(?:\d+\. |- |\S+ {2,}|(?:hint|repeat): )?")
"""What stands before a line's text: further lines of a wrapped text begin below the text."""
WIDEST_LABEL = 24


@contextmanager
def opened() -> Iterator[Screen]:
    """Return the screen for stdout. Its progress ends with the block."""
    capable = sys.stdout.isatty() and os.environ.get("TERM", "").lower() not in DUMB
    screen: Screen = TerminalScreen(Console(highlight=False)) if capable else PlainScreen(click.echo)
    try:
        yield screen
    finally:
        screen.rest()


class PlainScreen:
    """Whole lines without colours. Progress is rare: a log keeps each line."""

    def __init__(self, echo: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._echo, self._clock = echo, clock
        self._began: float | None = None
        self._due = self._pause = FIRST

    def say(self, text: str = "", head: str = "", style: Style = "") -> None:  # noqa: ARG002 - plain
        """Show a line."""
        self._echo(visible(head + text))

    def command(self, label: str, command: str) -> None:
        """Show a command on one line."""
        self._echo(visible(label + command))

    def progress(self, text: str) -> None:
        """Show what is going on if a line is due. The pauses grow."""
        now = self._clock()
        self._began = now if self._began is None else self._began
        if (seconds := now - self._began) >= self._due:
            self._pause = min(2 * self._pause, LONGEST)
            self._due = seconds + self._pause
            self._echo(visible(f"  … {seconds:.0f} s: {text}"))

    def rest(self) -> None:
        """Begin anew with the next progress."""
        self._began, self._due, self._pause = None, FIRST, FIRST


class TerminalScreen:
    """Lines as wide as the terminal, wrapped between words; progress on one line that replaces itself."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None
        self._task = TaskID(0)

    def say(self, text: str = "", head: str = "", style: Style = "") -> None:
        """Show a line, wrapped."""
        shown = Text("\n".join(wrapped(visible(head + text), self._console.width)))
        shown.stylize(STYLES[style], 0, len(head))
        self._print(shown)

    def command(self, label: str, command: str) -> None:
        """Show a command, wrapped so that it can still be copied as a whole."""
        words = [shlex.quote(word) for word in shlex.split(command)]
        lines, room = [visible(label) + words[0]], self._console.width - 2
        for word in map(visible, words[1:]):
            if cell_len(lines[-1]) + 1 + cell_len(word) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(f"      {word}")
        self._print(Text(" \\\n".join(lines)))

    def progress(self, text: str) -> None:
        """Show what is going on, in place of what was shown before."""
        if self._progress is None:
            what = TextColumn(
                "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
            )
            columns = (SpinnerColumn(), TimeElapsedColumn(), what)
            self._progress = Progress(
                *columns, console=self._console, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._task = self._progress.add_task(visible(text))
            self._progress.start()
        self._progress.update(self._task, description=visible(text))

    def rest(self) -> None:
        """Take the progress away, also one that an interrupt stopped half-way through its start."""
        progress, self._progress = self._progress, None
        if progress is not None:
            try:
                progress.stop()
            except IndexError:  # what rich takes away here was not yet there
                self._console.show_cursor()

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)


def wrapped(line: str, width: int) -> list[str]:
    """Return a line as lines of at most this width. No word is cut; one that is longer stands on a line of its own."""
    found = LABEL.match(line)
    before = found.group() if found else ""
    indent = " " * min(len(before) + 2 * before.isspace(), WIDEST_LABEL, width // 2)
    lines = textwrap.wrap(
        line, width, subsequent_indent=indent, expand_tabs=False, break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]

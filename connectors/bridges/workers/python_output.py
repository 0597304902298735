"""Which lines of the connector's own print what, read off the stack as it happens.

For the Python worker; standard library only, Python 3.8 or newer. ``print``, ``logging`` and tracebacks all write to
``sys.stdout`` and ``sys.stderr``.
"""

import contextlib
import io
import os
import sys

MOST = 200
"""Lines of output of one call that are told: a flood is not slowed down for long."""
LONGEST = 200
"""Characters of a line that are told."""

PATIENCE = 0.2
"""Seconds for which a note waits for another one: whoever prints may be what keeps the other one from its end."""


def write_utf_8():
    """Let the connector print any text: on Windows, pipes take few characters where nobody says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8")


class Output:
    """Sends a note for each line that is printed, with the connector's own lines that print it."""

    def __init__(self, notes, lines):
        self._notes, self._lines, self._left = notes, lines, MOST

    def begin(self):
        """Begin a call."""
        self._left = MOST

    def install(self):
        """Listen to both streams; nothing is changed in what they write."""
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if type(stream) is io.TextIOWrapper:
                told = _Stream.over(stream)
                told.told = _Rows(name, self).write
                setattr(sys, name, told)
                setattr(sys, f"__{name}__", told)

    def whence(self):
        """Return the lines that print now, and the moment; nothing where there are none, or too many were told."""
        return self._lines.printing() if self._left > 0 else {}

    def send(self, stream, text, whence):
        """Tell a line, unless the channel is busy for long."""
        self._left -= 1
        self._notes.send({"type": "printed", "stream": stream, "text": text[:LONGEST], **whence}, PATIENCE)


class _Rows:
    """What is written to one stream, as whole lines: ``print`` writes its parts one after the other."""

    def __init__(self, name, output):
        self._name, self._output = name, output
        self._begun, self._whence = "", {}

    def write(self, text):
        if not isinstance(text, str):
            return
        if not self._begun:
            self._whence = self._output.whence() if text.strip() else {}
        if not self._whence:
            return
        self._begun = (self._begun + text)[: LONGEST + 1]
        row, end, _ = self._begun.partition("\n")
        if end or len(self._begun) > LONGEST:
            self._output.send(self._name, row, self._whence)
            self._begun = ""


class _Stream(io.TextIOWrapper):
    """A stream as it was, whose lines are told."""

    told = None

    @classmethod
    def over(cls, stream):
        how = {"encoding": stream.encoding, "errors": stream.errors, "newline": None if os.name == "nt" else "\n"}
        buffered = {"line_buffering": stream.line_buffering, "write_through": stream.write_through}
        mode = getattr(stream, "mode", "w")
        found = cls(stream.detach(), **how, **buffered)
        found.mode = mode
        return found

    def write(self, text):
        if self.told:
            with contextlib.suppress(Exception):  # whatever it is, the connector prints
                self.told(text)
        return super().write(text)


_Stream.__name__, _Stream.__qualname__, _Stream.__module__ = "TextIOWrapper", "TextIOWrapper", "_io"

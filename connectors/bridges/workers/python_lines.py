"""Which lines of the connector's own a request or an output comes from, read off the stack as it happens.

For the Python worker; standard library only, Python 3.8 or newer. Own is what lies in the connector's folder, or what
belongs neither to an installed package, nor to the standard library, nor to the worker.
"""

import _thread
import contextlib
import inspect
import os
import re
import ssl
import sys
import time

NOW = time.monotonic  # kept as it is now: a connector may fake its clock
FRAMES = sys._getframe  # noqa: SLF001 - the only way to the stack that costs next to nothing
THREAD = _thread.get_ident
STACKS = sys._current_frames  # noqa: SLF001
REQUEST_LINE = re.compile(rb"([A-Z]{3,10}) (\S+) HTTP/1\.[01]\r\n")
LONGEST_HEAD = 8192
LONGEST_PATH = 2000
MOST = 6
"""Lines of one stack that are told, innermost first."""
BYTES = (bytes, bytearray, memoryview)
INSTALLED = ("site-packages", "dist-packages")


class Lines:
    """Sends a note for each request with the lines that it comes from; knows the frames of calls under way."""

    def __init__(self, notes, folder):
        here, standard = os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.__file__)
        self._notes, self._folder = notes, os.path.join(folder, "")
        self._others = tuple(os.path.join(each, "") for each in (here, standard))
        self._known, self._codes, self._frames, self._last = {}, set(), [], []
        self._calls, self._begun = 0, {}
        self._loop = self._thread = None

    def awaits_in(self, loop):
        """Take note of the event loop in which connectors are awaited. Called in its thread."""
        self._loop, self._thread = loop, THREAD()

    def own(self, path):
        """Tell whether a file is the connector's own."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._own(path)
        return found

    def _own(self, path):
        if path.startswith(("<", *self._others[:1])):
            return False
        below = path.startswith(self._folder)
        rest = path[len(self._folder) :] if below else path
        installed = any(name in INSTALLED for name in rest.split(os.sep))
        return not installed and (below or not path.startswith(self._others[1]))

    def install(self):
        """Listen to everything that is sent through TLS, whatever library sends it."""
        lines = self

        def told(original):
            def write(sock, data, *rest):
                if isinstance(data, BYTES) and data and data[0] < 91:  # a method begins with a capital letter
                    lines.sent(data)
                return original(sock, data, *rest)

            write.__name__, write.__qualname__, write.__doc__ = (
                original.__name__,
                original.__qualname__,
                original.__doc__,
            )
            return write

        for kind, name in ((ssl.SSLSocket, "send"), (ssl.SSLSocket, "write"), (ssl.SSLObject, "write")):
            setattr(kind, name, told(getattr(kind, name)))

    def sent(self, data):
        """Note a request, where these bytes begin one."""
        found = REQUEST_LINE.match(bytes(data[:LONGEST_HEAD]))
        if found:
            method, path = (each.decode("latin-1") for each in found.groups())
            whence = self.whence()
            if whence:
                self._notes.send({"type": "sent", "method": method, "path": path[:LONGEST_PATH], **whence})

    def whence(self):
        """Return the lines that are under way and the moment, as a part of a message; nothing where there are none."""
        at = self.here()
        return {"at": at, "moment": NOW()} if at else {}

    def printing(self):
        """Return the lines that print something now, and the moment; nothing where there are none."""
        at = self._of(FRAMES(1))
        return {"at": at, "moment": NOW()} if at else {}

    def here(self):
        """Return the own lines that are under way, innermost first; of other threads and tasks where there are none."""
        self._last = self._of(FRAMES(1)) or self._of_others() or self._last
        return self._last

    def _of(self, frame):
        found = []
        while frame is not None:
            code = frame.f_code
            if self.own(code.co_filename):
                found.append(f"{code.co_filename}:{frame.f_lineno}")
                if code in self._codes and all(frame is not each for _, each in self._frames):
                    self._frames.append((THREAD(), frame))
            frame = frame.f_back
        return found[:MOST]

    def _of_others(self):
        """Return the own lines that wait for a thread or a task which has none."""
        with contextlib.suppress(BaseException):
            asyncio = sys.modules.get("asyncio")
            for task in asyncio.all_tasks(self._loop) if asyncio and self._loop else ():
                if found := self._awaiting(task.get_coro()):
                    return found
        for frame in STACKS().values():
            if found := self._of(frame):
                return found
        return []

    def _awaiting(self, coroutine):
        found = []
        while getattr(coroutine, "cr_frame", None) is not None:
            frame = coroutine.cr_frame
            if self.own(frame.f_code.co_filename):
                found.insert(0, f"{frame.f_code.co_filename}:{frame.f_lineno}")
            coroutine = coroutine.cr_await
        return found[:MOST]

    def begin(self, function):
        """Begin a call of a function; return what to give to :meth:`end`."""
        self._calls += 1
        self._last = []
        if id(function) not in self._begun:  # the worker keeps its functions: no other one has this number
            self._begun[id(function)] = getattr(plain(function), "__code__", None)
        code = self._begun[id(function)]
        if code is not None:
            self._codes.add(code)
        return code

    def end(self, code):
        """Return the line with which a call left its function, as ``at``, where that is certain. Frames are let go."""
        self._calls -= 1
        mine = (THREAD(), self._thread)  # of asynchronous functions: the thread of their loop, which calls share
        left = [frame for thread, frame in self._frames if thread in mine and frame.f_code is code]
        kept = [each for each in self._frames if each[0] not in mine or len(left) > 1]
        self._frames = kept if self._calls else []
        return {"at": f"{code.co_filename}:{left[0].f_lineno}"} if len(left) == 1 else {}

    def defined(self, function):
        """Return where a function is defined, if it is the connector's own."""
        code = getattr(plain(function), "__code__", None)
        if code is None or not self.own(code.co_filename):
            return None
        return f"{code.co_filename}:{self._line(code)}"

    def defined_all(self, functions):
        """Return where the functions of interfaces are defined, those that are the connector's own."""
        found = {name: self.defined(function.written) for name, function in functions.items()}
        return {name: place for name, place in found.items() if place}

    def _line(self, code):
        """Return the line of ``def``: a function begins with its decorators."""
        with contextlib.suppress(Exception), open(code.co_filename, encoding="utf-8") as file:
            rest = file.read().splitlines()[code.co_firstlineno - 1 :]
            return code.co_firstlineno + next(
                n for n, line in enumerate(rest) if re.match(r"\s*(async\s+)?def\b", line)
            )
        return code.co_firstlineno


def plain(function):
    """Return the function that its author wrote: without decorators, bound arguments and methods."""
    with contextlib.suppress(BaseException):
        function = inspect.unwrap(getattr(function, "func", function))
        return getattr(function, "__func__", function)
    return function

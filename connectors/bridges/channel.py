"""The connection to a worker: requests go out, and whoever waits for an answer reads what comes."""

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from greenroom.connectors.bridges import protocol, systems
from greenroom.connectors.errors import BridgeError, ProtocolError

Message = dict[str, Any]
Answer = queue.SimpleQueue[Message | None]
"""Where a request's answer arrives; None where the worker is gone."""
NOTES = ("attempt", "connect", "sent", "printed", "unseen")
"""The kinds of messages that answer nothing."""
SOON = 0.05
"""Seconds for which a note may wait to be read where nobody waits for an answer, unless somebody looks."""
AT_ONCE = 64 * 1024
"""Bytes that are read at once."""
_AGAIN: Message = {}
"""Tells one who waits that nobody reads any more."""


class Channel:
    """Whoever waits for an answer reads himself, and passes on what is for others: a thread between would cost time.

    A thread reads on while nobody waits. ``on_note`` gets the messages that answer nothing. ``broken`` is what the
    worker did against the protocol.
    """

    def __init__(self, sock: socket.socket, on_note: Callable[[Message], None]) -> None:
        self._sock, self._number, self._on_note = sock, sock.fileno(), on_note
        self._answers: dict[int, Answer] = {}
        self._lock, self._reading = threading.Lock(), threading.Lock()
        self._rest = bytearray()
        self._seq = 0
        self._closed = False
        self.broken: BridgeError | None = None
        threading.Thread(target=self._watch, name="greenroom-channel", daemon=True).start()

    def send(self, message: Message) -> tuple[int, Answer] | None:
        """Send a request; return its number, and where its answer arrives, or None where the worker is gone."""
        answer: Answer = queue.SimpleQueue()
        with self._lock:
            if self._closed:
                return None
            self._seq += 1
            seq = self._seq
            self._answers[seq] = answer
        with contextlib.suppress(OSError):
            self._sock.sendall(protocol.encode({**message, "seq": seq}))
        return seq, answer

    def wait(self, answer: Answer, seconds: float) -> Message | None:
        """Return an answer, or None where the worker is gone.

        Raises:
            queue.Empty: none came in time.

        """
        until = time.monotonic() + seconds
        while True:
            if self._reading.acquire(blocking=False):
                with self._as_reader(answer):
                    self._read_for(answer, until)
                found = answer.get_nowait()
            else:
                found = answer.get(timeout=max(0.0, until - time.monotonic()))
            if found is not _AGAIN:
                return found

    def look(self) -> None:
        """Take what has come by now, unless somebody is reading."""
        while not self._closed and systems.readable(self._number, 0) and self._reading.acquire(blocking=False):
            with self._as_reader():
                if systems.readable(self._number, 0):  # still: somebody else may have read it
                    self._receive()

    def close(self) -> None:
        """Close the connection; who waits for an answer gets none."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)  # wakes who reads; a child of the worker may hold the other end
        self._sock.close()
        self._end()  # from now on its number may be another file's: nobody is to look at it

    def _watch(self) -> None:
        """Read what comes while nobody waits; most often somebody does, so seldom."""
        while not self._closed:
            systems.readable(self._number)
            self.look()
            time.sleep(SOON)  # what follows is read with it: to be woken for each message costs a call more

    @contextlib.contextmanager
    def _as_reader(self, own: Answer | None = None) -> Iterator[None]:
        """Be the one who reads; at the end another one who waits may be."""
        try:
            yield
        finally:
            self._reading.release()
            with self._lock:
                others = [each for each in self._answers.values() if each is not own]
            for each in others:
                each.put(_AGAIN)

    def _read_for(self, answer: Answer, until: float) -> None:
        while answer.empty() and not self._closed and (left := until - time.monotonic()) > 0:
            if systems.readable(self._number, left):
                self._receive()

    def _receive(self) -> None:
        """Take the lines that have come whole."""
        try:
            chunk = self._sock.recv(AT_ONCE)
        except (OSError, ValueError):
            chunk = b""
        self._rest += chunk
        try:
            if not chunk or b"\n" in chunk or len(self._rest) >= protocol.LARGEST_LINE:
                self._take_lines(ended=not chunk)
        except ProtocolError as error:
            self.broken, chunk = error, b""
        if not chunk:
            self._end()

    def _take_lines(self, *, ended: bool) -> None:
        *lines, rest = bytes(self._rest).split(b"\n")
        self._rest[:] = rest
        for line in lines:
            self._take(protocol.decode(line[: protocol.LARGEST_LINE] + b"\n"))
        if rest and (ended or len(rest) >= protocol.LARGEST_LINE):
            self._take(protocol.decode(rest[: protocol.LARGEST_LINE]))

    def _take(self, message: Message) -> None:
        if message["type"] in NOTES:
            self._on_note(message)
            return
        with self._lock:
            answer = self._answers.pop(message.get("seq", 0), None)
        if answer is None:
            msg = f"the worker answered to number {message.get('seq')}, which nobody asked"
            raise ProtocolError(msg)
        answer.put(message)

    def _end(self) -> None:
        """Let all who wait know that nothing comes any more."""
        with self._lock:
            waiting = list(self._answers.values())
            self._answers.clear()
            self._closed = True
        for answer in waiting:
            answer.put(None)

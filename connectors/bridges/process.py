"""One worker process: started, greeted, spoken to, ended."""

import contextlib
import hmac
import os
import queue
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from greenroom.connectors.bridges import explain, protocol, systems
from greenroom.connectors.bridges.channel import Answer, Channel, Message
from greenroom.connectors.bridges.output import Stream
from greenroom.connectors.errors import ProtocolError, WorkerError

START_LIMIT = 30.0
"""Seconds that a runtime may take to start its worker."""
GLANCE = 0.25
"""Seconds after which a process that is waited for is looked at, and given to send what it had to say."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")

EXTENSIONS = 2
"""How often a deadline is extended at most."""

Extend = Callable[[float, float], float]
"""Returns by how many seconds a wait is extended that began and ended at two moments of the monotonic clock."""


def not_extended(_since: float, _until: float) -> float:
    """Extend no deadline."""
    return 0.0


def nothing() -> None:
    """Do nothing while a request is under way."""


class WorkerProcess:
    """A worker with its channel and its output. ``now``: its monotonic clock as it began.

    Raises:
        WorkerError: it cannot be started, or ends before it says hello.
        ProtocolError: it speaks another version of the protocol.

    """

    def __init__(
        self, command: Sequence[str], worker: Path, env: Mapping[str, str], on_note: Callable[[Message], None]
    ) -> None:
        self.marker = f"greenroom:{secrets.token_hex(8)}"
        self.now = 0.0
        secret = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            self._process = _spawn([*command, str(worker)], {**env, protocol.CHANNEL: f"{port}:{secret}"})
            self.stdout, self.stderr = (
                Stream(pipe, self.marker) for pipe in (self._process.stdout, self._process.stderr) if pipe
            )
            try:
                connection, self.runtime = self._greet(listener, secret, command)
            except BaseException:
                self.end()
                raise
        self._channel = Channel(connection, on_note)

    def _greet(self, listener: socket.socket, secret: str, command: Sequence[str]) -> tuple[socket.socket, str]:
        listener.settimeout(0.05)
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit:
            if self._process.poll() is not None:
                self.stderr.join()
                raise WorkerError(explain.not_begun(command, self._process.returncode, self.stderr.text(0)))
            with contextlib.suppress(TimeoutError):
                channel, _ = listener.accept()
                hello = _hello(channel)
                if hello and hmac.compare_digest(hello["secret"], secret):
                    self.now = float(hello.get("now", 0.0))
                    return _same_version(channel, hello)
                channel.close()
        msg = f"the worker did not report within {START_LIMIT:g} s: is '{' '.join(command)}' the right --runtime?"
        raise WorkerError(msg)

    def ask(
        self,
        message: Message,
        seconds: float,
        extend: Extend = not_extended,
        meanwhile: Callable[[], None] = nothing,
    ) -> tuple[int, Message | None]:
        """Send a request and wait for its answer: its number, and None where the worker is gone.

        ``extend`` says how much longer it is waited for once the time is over, twice at most. ``meanwhile`` is done
        before it is waited for.

        Raises:
            TimeoutError: no answer in time; the request's number is its argument.
            ProtocolError: the worker broke the protocol.

        """
        sent = self._channel.send(message)
        if sent is None:
            return 0, None
        meanwhile()
        seq, answer = sent
        received = self._wait(answer, seq, seconds, extend)
        if received is None and self._channel.broken:
            raise self._channel.broken
        return seq, received

    def look(self) -> None:
        """Take note of what the process has told by now."""
        self._channel.look()

    def _wait(self, answer: Answer, seq: int, seconds: float, extend: Extend) -> Message | None:
        for _ in range(1 + EXTENSIONS):
            since = time.monotonic()
            with contextlib.suppress(queue.Empty):
                return self._awaited(answer, since + seconds)
            seconds = extend(since, time.monotonic())
        raise TimeoutError(seq)

    def _awaited(self, answer: Answer, until: float) -> Message | None:
        """Wait for an answer; a process that ended gives none, though one that it left may hold its channel open."""
        gone = False
        while (left := until - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                return self._channel.wait(answer, min(left, GLANCE))
            if gone:
                return None
            gone = self.ended()
        raise queue.Empty

    def ended(self) -> bool:
        """Tell whether the process is gone."""
        return self._process.poll() is not None

    def runs(self) -> bool:
        """Tell whether some thread of the process has work to do now; False where the system does not tell."""
        return systems.has_work(self._process.pid)

    def signal(self, name: str) -> bool:
        """Send a signal of that name to the process and to what it started in its session; return whether it was sent.

        It is not where the system has no such signal, or the process is gone.
        """
        return not self.ended() and systems.send(self._process.pid, name)

    def exit_code(self) -> int | None:
        """Return the exit code, waiting a moment for a process that is about to end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=2)
        return None

    def end(self) -> None:
        """End the process and everything that it started in its session."""
        systems.end_tree(self._process.pid)
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self.stdout, self.stderr):
            stream.join()
        if hasattr(self, "_channel"):
            self._channel.close()


def _spawn(command: list[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            systems.program(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(env),
            start_new_session=True,
        )
    except OSError as error:
        msg = f"cannot start '{command[0]}': {error.strerror}; name another runtime with --runtime"
        raise WorkerError(msg) from None


def _hello(channel: socket.socket) -> Message | None:
    """Read the first line of whoever connected; None where it is not a worker's hello."""
    channel.settimeout(5)
    try:
        with channel.makefile("rb") as reader:
            message = protocol.decode(reader.readline(4096))
    except (OSError, ProtocolError):
        return None
    channel.settimeout(None)
    channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return message if message["type"] == "hello" else None


def _same_version(channel: socket.socket, hello: Message) -> tuple[socket.socket, str]:
    if hello["protocol"] != protocol.VERSION:
        channel.close()
        msg = (
            f"the worker speaks version {hello['protocol']} of the protocol, this Greenroom version {protocol.VERSION}"
        )
        raise ProtocolError(msg)
    return channel, str(hello["runtime"])


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without proxies, which would lead a connector past the fake CRM.

    What tells a connector where it is stays out as well.
    """
    kept = {name: value for name, value in os.environ.items() if not _is_ours(name) and name.lower() not in _PROXIES}
    return {**kept, **extra}


def _is_ours(name: str) -> bool:
    return name.upper().startswith("GREENROOM_")

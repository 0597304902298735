"""The command line as a user has it: the installed command, or the same in a process that need not load it anew."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

COMMAND = str(Path(sys.executable).with_name("greenroom"))
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def greenroom(*words: str, cwd: Path | None = None) -> Said:
    """Run the command to its end, in a process of its own."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
        order = json.dumps({"argv": [COMMAND, *words], "cwd": str(cwd or Path.cwd()), "env": env}).encode()
        code = _run(order, [out.fileno(), err.fileno()])
        return Said(code, _text(out), _text(err))


def _run(order: bytes, streams: list[int]) -> int:
    with _LOCK:
        channel = _preloaded()
        channel.sendall(len(order).to_bytes(4, "big"))
        socket.send_fds(channel, [order], streams)
        try:
            code = channel.recv(4)
        except TimeoutError:
            _preloaded.cache_clear()  # the next command has a process that waits for none
            raise
    assert len(code) == 4, "the process that runs commands has ended"
    return int.from_bytes(code, "big", signed=True)


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


@cache
def _preloaded() -> socket.socket:
    """Start what forks the commands; it ends with its channel, as this process does."""
    ours, theirs = socket.socketpair()
    ours.settimeout(120)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
    command = [sys.executable, str(Path(__file__).with_name("preloaded.py")), str(theirs.fileno())]
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=env, stdout=subprocess.DEVNULL)
    theirs.close()
    for end in (process.wait, process.terminate, ours.close):  # the last is done first
        atexit.register(end)
    return ours


def eventually(condition: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.02)

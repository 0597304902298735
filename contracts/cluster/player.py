"""A worker's side of the process that plays its units (``work.py``): the folder made ready, orders and answers."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from greenroom.contracts.cluster.bundle import Bundle, inside, unpack

PREPARING = 1800
"""Seconds that ``--prepare`` may take."""
SHOWN = 20
"""Lines of output that are shown where something fails."""
MAIN = "greenroom.contracts.cluster.work"


class PrepareError(Exception):
    """The connector's folder cannot be made ready; the message says why."""


class Player:
    """Plays units one at a time, in a process that goes on from unit to unit.

    ``home`` is its working directory; below ``root`` stand the sender's files (empty: they are where they were).
    """

    def __init__(self, home: Path, root: str = "") -> None:
        self._home, self._root = home, root
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def play(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Play a unit and return its answer. It is ``lost`` if the process ends as it plays."""
        with self._lock:
            process = self._process = self._process or self._begun()
            assert process.stdin  # noqa: S101 - for the type checker: they are pipes
            assert process.stdout  # noqa: S101
            with suppress(BrokenPipeError):
                process.stdin.write(f"{json.dumps(order)}\n")
                process.stdin.flush()
            line = process.stdout.readline()
            answer: dict[str, Any] = json.loads(line) if line.endswith("\n") else {"lost": True}
            if "lost" in answer:
                self._end()
            return answer

    def _begun(self) -> "subprocess.Popen[str]":
        """Start the process, in a session of its own: what a terminal sends is not for it."""
        return subprocess.Popen(
            [sys.executable, "-m", MAIN, self._root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._home,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def close(self) -> None:
        """End the process, whatever it plays."""
        if self._process:
            self._process.kill()
        with self._lock:
            self._end()


def ready(bundle: Bundle, scratch: Path) -> Player:
    """Unpack a bundle below a folder, prepare it, and return what plays there.

    Raises:
        PrepareError: the command that makes the folder ready failed.

    """
    root = Path(tempfile.mkdtemp(prefix="greenroom-", dir=scratch)).resolve()
    home = root / inside(Path(bundle.cwd))
    unpack(bundle.packed, root)
    home.mkdir(parents=True, exist_ok=True)
    for folder in bundle.folders:
        _prepare(bundle.prepare, root / inside(Path(folder)))
    return Player(home, str(root))


def _prepare(command: str, folder: Path) -> None:
    """Run the command that makes a folder ready.

    Raises:
        PrepareError: it failed.

    """
    if not command:
        return
    try:
        done = subprocess.run(  # noqa: S602 - the user's own command line
            command,
            shell=True,
            cwd=folder,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PREPARING,
        )
    except subprocess.TimeoutExpired:
        raise PrepareError(f"--prepare '{command}' took more than {PREPARING} s") from None
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-SHOWN:])
        raise PrepareError(f"--prepare '{command}' ended with exit code {done.returncode}\n{said}")

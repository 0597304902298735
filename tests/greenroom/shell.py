"""The command line as a user has it: the installed command in a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("greenroom"))


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def greenroom(*words: str, cwd: Path | None = None) -> Said:
    """Run the command to its end."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, timeout=120, cwd=cwd, env=env, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def eventually(condition: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.02)

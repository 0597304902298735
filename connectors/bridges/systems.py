"""What operating systems do differently with processes and signals; nobody else in ``connectors`` asks which it is.

What is not there on a system is found by asking Python (``os.killpg``), so that a test can take it away. On Linux the
branches of macOS and Windows are tested that way: ``docs/concepts/systems.md``.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

PROCESSES = Path("/proc")
"""Where Linux shows its processes; other systems show them to nobody, or in other ways."""
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask for the end. Windows has no SIGHUP."""


def program(command: Sequence[str]) -> list[str]:
    """Return a command as the system starts it: Windows finds ``npm.cmd`` only where it is named whole."""
    first = command[0]
    if sys.platform == "win32":
        first = shutil.which(first) or first
    return [first, *command[1:]]


def send(pid: int, name: str) -> bool:
    """Send a signal of that name to a process that leads a session, and to its session; return whether it was sent.

    It is not where the system has no such signal, or the process is gone.
    """
    if not hasattr(os, "killpg") or not hasattr(signal, name):
        return False
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, getattr(signal, name))
        return True
    return False


def end_tree(pid: int) -> None:
    """End a process that leads a session, and its session. Windows has none: there it is what the process started."""
    if hasattr(os, "killpg"):
        send(pid, "SIGKILL")
        return
    with contextlib.suppress(OSError):
        words = ["taskkill", "/T", "/F", "/PID", str(pid)]
        subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def end(pid: int) -> None:
    """End one process at once, if it is there and ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # Windows ends a process at once by any of them


def has_work(pid: int) -> bool:
    """Tell whether some thread of a process runs, or waits for a disk; False where the system does not tell."""
    tasks = f"{PROCESSES}/{pid}/task"
    with contextlib.suppress(OSError):
        return any(_runs(f"{tasks}/{task}/stat") for task in os.listdir(tasks))  # noqa: PTH208 - asked often
    return False


def _runs(status: str) -> bool:
    with contextlib.suppress(OSError), open(status, "rb") as file:  # noqa: PTH123 - asked often
        return file.read().rpartition(b")")[2].split()[0] in (b"R", b"D")
    return False


def environments() -> Iterator[tuple[int, bytes]]:
    """Yield the other processes of this machine with their environments, as far as the system shows them."""
    numbers = [each.name for each in PROCESSES.iterdir() if each.name.isdecimal()] if PROCESSES.is_dir() else []
    for pid in (int(name) for name in numbers if int(name) != os.getpid()):
        with contextlib.suppress(OSError):
            yield pid, (PROCESSES / str(pid) / "environ").read_bytes()


@contextlib.contextmanager
def held_back(signals: Collection[signal.Signals]) -> Iterator[None]:
    """Hold signals back in this thread, and in processes that it starts; at the end, only there. Windows cannot."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def let_through(signals: Collection[signal.Signals]) -> None:
    """Take signals again that whoever started this process held back."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)


def never_blocks(descriptor: int) -> bool:
    """Let a pipe be read without waiting; return whether the system can do so, and tell whether there is anything."""
    if not hasattr(select, "poll"):
        return False
    os.set_blocking(descriptor, False)
    return True


def readable(descriptor: int, seconds: float | None = None) -> bool:
    """Wait until there is something to read, or an end is closed; at most so long. Windows: of sockets only."""
    if not hasattr(select, "poll"):
        with contextlib.suppress(OSError):  # closed here, too: to read it says so
            return bool(select.select([descriptor], [], [], seconds)[0])
        return True
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def forks() -> bool:
    """Tell whether a process with one thread can be forked safely: with the libraries of macOS it cannot."""
    return hasattr(os, "fork") and sys.platform == "linux"


def cores() -> int:
    """Return how many cores this process may use; a container or a user may leave it fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shares_interrupts() -> bool:
    """Tell whether Ctrl-C of a terminal reaches the processes that this one starts, too."""
    terminals = [number for number in range(3) if os.isatty(number)]
    if not hasattr(os, "tcgetpgrp"):
        return True  # Windows tells all processes of a console, and passes no Ctrl-C on to one of them
    return any(os.tcgetpgrp(number) == os.getpgrp() for number in terminals)


def is_hang_up(number: int) -> bool:
    """Tell whether a signal says that the terminal was closed."""
    return number == getattr(signal, "SIGHUP", None)

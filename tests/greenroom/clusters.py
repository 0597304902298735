"""Clusters as tests use them: a scheduler with TLS, commands whose workers are killed."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import trustme

from tests.greenroom.shell import COMMAND, Said, eventually

LOOPBACK = "127.0.0.1"


def local_workers(process: int) -> list[psutil.Process]:
    """Return the workers that a command started; none while one of them is ending."""
    with suppress(psutil.Error):
        return [each for each in psutil.Process(process).children() if "spawn_main" in " ".join(each.cmdline())]
    return []


def listening(process: int) -> set[str]:
    """Return the addresses at which a process and its children listen."""
    found = set()
    for one in (psutil.Process(process), *psutil.Process(process).children(recursive=True)):
        with suppress(psutil.Error):
            found |= {each.laddr.ip for each in one.net_connections() if each.status == psutil.CONN_LISTEN}
    return found


def killing(*words: str, cwd: Path, times: int, seed: int) -> tuple[Said, int, set[str]]:
    """Run a command, and kill one of its workers up to so many times, at random moments after its first line.

    Return what it said, how many were killed, and where it and its workers listened.
    """
    chance, killed, addresses = random.Random(seed), 0, set[str]()
    with subprocess.Popen([COMMAND, *words], stdout=-1, stderr=-1, text=True, cwd=cwd) as process:
        assert process.stdout
        first = process.stdout.readline()
        while killed < times and workers_of(process):
            time.sleep(chance.uniform(0.1, 1.5))
            addresses |= listening(process.pid)
            if workers := workers_of(process):
                chance.choice(workers).kill()
                killed += 1
        out, err = process.communicate(timeout=400)
    return Said(process.returncode, first + out, err), killed, addresses


def workers_of(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """Return the two workers of a command, once they are there; none once it has ended."""
    there: list[psutil.Process] = []

    def ready() -> bool:
        there[:] = local_workers(process.pid)
        return len(there) == 2 or process.poll() is not None

    eventually(ready, seconds=120)
    return there


def certificates(folder: Path) -> Mapping[str, str]:
    """Write certificates, and return the variables by which Dask takes them."""
    authority = trustme.CA()
    own = authority.issue_cert("localhost", LOOPBACK)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    own.private_key_and_cert_chain_pem.write_to_path(folder / "own.pem")
    names = {"CA_FILE": "ca.pem"}
    names |= {f"{who}__{what}": "own.pem" for who in ("SCHEDULER", "WORKER", "CLIENT") for what in ("KEY", "CERT")}
    settings = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(folder / file) for name, file in names.items()}
    return {**settings, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}


@contextmanager
def encrypted(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str], Mapping[str, str]]]:
    """Start a scheduler and a worker that speak TLS: the address, the scheduler's process, and the variables."""
    with socket.create_server((LOOPBACK, 0)) as free:
        address = f"tls://{LOOPBACK}:{free.getsockname()[1]}"
    env = {**os.environ, **certificates(folder)}
    dask = [sys.executable, "-W", "ignore", "-m", "distributed.cli."]
    scheduler = ["dask_scheduler", "--host", address, "--no-dashboard", "--dashboard-address", f"{LOOPBACK}:0"]
    worker = ["dask_worker", address, "--nthreads", "1", "--host", LOOPBACK, "--local-directory", str(folder)]
    started = [
        subprocess.Popen(
            [*dask[:-1], f"{dask[-1]}{words[0]}", *words[1:]], env=env, stdout=-3, stderr=-3, text=True, cwd=folder
        )
        for words in (scheduler, worker)
    ]
    try:
        yield address, started[0], env
    finally:
        for process in reversed(started):
            for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []:
                child.kill()
            process.kill()
            process.wait()

"""A fuzz in several processes: stories are shared out, results are merged, what one finds ends all."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as Flag
from typing import Any

from greenroom.connectors.bridges import systems
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.events import INTERRUPTED, Event, Explored, Replayed, Result
from greenroom.contracts.fuzz.explorer import Explorer
from greenroom.contracts.fuzz.play import FuzzError
from greenroom.contracts.fuzz.stopping import Interrupted, Stop
from greenroom.contracts.harness.testbed import open_testbed
from greenroom.contracts.run.spawned import SPAWN, Spawned, spawned
from greenroom.simulators import find_crm

PATIENCE = 0.2
"""Seconds between two looks at whether a process is still there."""


def explore(config: FuzzConfig, handle: Callable[[Event], None], stop: Stop) -> list[Result]:
    """Explore in several processes and return their results.

    Raises:
        BridgeError, FuzzError: one could not go on; the message says why.

    """
    with systems.held_back(systems.ENDING):  # also from the process that keeps account of what follows
        said: Any = SPAWN.Queue()
        over = SPAWN.Event()
    jobs = [spawned(_work, number, share, said, over) for number, share in enumerate(config.shares())]
    try:
        return _gather(jobs, said, over, handle, stop)
    finally:
        for job in jobs:
            job.end()
        for job in jobs:
            job.process.join()


def _gather(jobs: list[Spawned], said: Any, over: Flag, handle: Callable[[Event], None], stop: Stop) -> list[Result]:
    """Hear what the processes say until each has told its result."""
    results: dict[int, Result] = {}
    latest: dict[int, Explored] = {}
    while len(results) < len(jobs):
        if stop.is_set():
            for job in jobs:
                job.end()
        try:
            number, message = said.get(timeout=PATIENCE)
        except queue.Empty:
            _alive(jobs, results)
            continue
        if isinstance(message, Result):
            results[number] = message
        elif isinstance(message, Explored):
            latest[number] = message
            handle(_sum(list(latest.values())))
        elif isinstance(message, Exception):
            raise message
        else:
            if isinstance(message, Replayed):  # a failure that is confirmed: nobody else need look on
                over.set()
            handle(message)
    return [results[number] for number in sorted(results)]


def _alive(jobs: list[Spawned], results: dict[int, Result]) -> None:
    for number, job in enumerate(jobs):
        if number not in results and job.process.exitcode is not None:
            raise FuzzError(f"process {number + 1} ended without a result (exit {job.process.exitcode})")


def _sum(found: list[Explored]) -> Explored:
    return Explored(sum(e.examples for e in found), sum(e.calls for e in found), max(e.seconds for e in found))


def _work(number: int, config: FuzzConfig, said: Any, over: Flag, channel: Connection) -> None:
    """Explore in this process; ``number`` tells what it says from what the rest say."""
    stop = Stop()
    threading.Thread(target=_await_end, args=(channel, stop), daemon=True).start()
    try:
        target = parse(config.run.target)
        with stop.heeded(), open_testbed(config.run, target, find_crm(config.run.crm), stop.started) as testbed:
            identity = testbed.identity(target)
            explorer = Explorer(config, testbed, identity, lambda event: said.put((number, event)), stop, over.is_set)
            explorer.explore()
            said.put((number, explorer.result()))
    except Interrupted:
        said.put((number, Result(config.run.target, config.run.crm, config.run.seed_in_use, stopped=INTERRUPTED)))
    except BridgeError as error:
        said.put((number, BridgeError(str(error))))
    except Exception as error:
        said.put((number, FuzzError(str(error))))


def _await_end(channel: Connection, stop: Stop) -> None:
    """Ask for the end once the parent closes the pipe, or is gone."""
    with suppress(EOFError, OSError):
        channel.recv()
    stop.ask()

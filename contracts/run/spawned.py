"""Processes of our own beside this one, each with a channel to it."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from greenroom.connectors.bridges import systems

SPAWN = multiprocessing.get_context("spawn")
"""How they start on every system: as new interpreters."""


@dataclass(frozen=True)
class Spawned:
    """One process, and the channel to it."""

    process: Any
    channel: Connection

    def give(self, work: Callable[..., None], args: tuple[object, ...]) -> None:
        """Give work to one that waits for it; one that is gone is missed by whoever hears it."""
        with contextlib.suppress(OSError):
            self.channel.send((work, args))

    def end(self) -> None:
        """Tell it to end by closing the channel: a flag would keep us waiting for one that has ended."""
        self.channel.close()


def spawned(work: Callable[..., None], *args: object) -> Spawned:
    """Start ``work(*args, channel)`` in a process. It gets the channel's other end, which closes with this process.

    It hears no signal that asks for the end: this process does, and says when it is over.
    """
    ours, its = SPAWN.Pipe()
    process = SPAWN.Process(target=_begun, args=(work, args, its), daemon=False)
    with systems.held_back(systems.ENDING):  # for good in the process that starts here
        process.start()
    its.close()
    return Spawned(process, ours)


class Standby:
    """Processes that are forked early, and wait for work: what this one has loaded, they need not load again.

    A process that has threads cannot be forked; nor can any on some systems. Then each starts when there is work.
    """

    def __init__(self, number: int) -> None:
        self._waiting: list[Spawned] = []
        while len(self._waiting) < number and systems.forks() and threading.active_count() == 1:
            self._waiting.append(_forked(self._waiting))

    def begin(self, work: Callable[..., None], *args: object) -> Spawned:
        """Begin ``work(*args, channel)`` in one of them, or in a new one."""
        if not self._waiting:
            return spawned(work, *args)
        process = self._waiting.pop()
        process.give(work, args)
        return process

    def end(self) -> None:
        """End those for which there is no work."""
        for each in self._waiting:
            each.end()
            each.process.join()
        self._waiting.clear()


def _forked(earlier: Sequence[Spawned]) -> Spawned:
    """Fork a process. It closes what it has of other channels: else these would stay open without this process."""
    fork = multiprocessing.get_context("fork")
    ours, its = fork.Pipe()
    others = [ours, *(each.channel for each in earlier)]
    process = fork.Process(target=_begun, args=(_wait, (others,), its), daemon=False)
    with systems.held_back(systems.ENDING):
        process.start()
    its.close()
    return Spawned(process, ours)


def _wait(others: Sequence[Connection], channel: Connection) -> None:
    """Wait for work, and do it."""
    for each in others:
        each.close()
    try:
        work, args = channel.recv()
    except EOFError:  # there is none
        return
    work(*args, channel)


def _begun(work: Callable[..., None], args: tuple[object, ...], channel: Connection) -> None:
    """Do the work in the new process.

    With a handler of our own for signals: what is ignored would be so in the connector's process, too. It ends without
    freeing what it made, object by object: whoever waits for its end would wait a second for that.
    """
    for each in systems.ENDING:
        signal.signal(each, lambda *_: None)
    systems.let_through(systems.ENDING)
    work(*args, channel)
    channel.close()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)

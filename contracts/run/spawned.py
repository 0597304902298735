"""Processes of our own beside this one, each with a channel to it."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from greenroom.connectors.bridges import systems

SPAWN = multiprocessing.get_context("spawn")
"""How they start: as new interpreters, on every system."""


@dataclass(frozen=True)
class Spawned:
    """One process, and the channel to it."""

    process: Any
    channel: Connection

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

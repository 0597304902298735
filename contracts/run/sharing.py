"""Lanes that several processes of a run share. One process leads, the others help; each takes the next when it can."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from greenroom.connectors.errors import BridgeError
from greenroom.contracts.run.parts import Lane, named, part_of
from greenroom.contracts.run.spawned import Spawned
from greenroom.contracts.scenarios.scenario import Scenario

TOGETHER = 3
"""Lanes that a process plays at a time, where several processes share them; those that wait are played at once."""


class Channel:
    """One end of a channel to another process: messages of a kind. What is told to a process that is gone is lost."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def tell(self, kind: str, what: Any = None) -> None:
        """Send a message."""
        with self._lock, suppress(OSError):
            self._connection.send((kind, what))

    def said(self) -> Iterator[tuple[str, Any]]:
        """Yield the messages of the other side until it is gone."""
        with suppress(EOFError, OSError):
            while True:
                yield self._connection.recv()


class Solo:
    """A process that shares its lanes with nobody."""

    def over(self, scenario: Scenario, rate: float) -> None:
        """Nobody else is to know that a scenario has been played."""

    def end(self) -> None:
        """Nobody else is to end."""


class Leader:
    """The process that leads: it has the lanes that are left, in their order, and a channel to each helper."""

    def __init__(self, lanes: Sequence[Lane], helpers: Sequence[Spawned]) -> None:
        self._left = queue.SimpleQueue[Lane]()
        for lane in lanes:
            self._left.put(lane)
        self.helpers = {Channel(helper.channel): helper.process for helper in helpers}

    def take(self) -> Lane | None:
        """Return the next lane, if one is left."""
        with suppress(queue.Empty):
            return self._left.get_nowait()
        return None

    def over(self, scenario: Scenario, rate: float, teller: Channel | None = None) -> None:
        """Tell the helpers that a scenario has been played, by clocks of such a rate; but for the one that told it."""
        for channel in self.helpers:
            if channel is not teller:
                channel.tell("over", (part_of(scenario), rate))

    def end(self) -> None:
        """Tell the helpers to end."""
        for channel in self.helpers:
            channel.tell("end")

    def hear(self, channel: Channel, heard: Mapping[str, Callable[[Any], None]]) -> None:
        """Hear a helper until its end: ``heard`` takes what it says, by kind.

        Raises:
            BridgeError: it ended without its records.

        """
        said = ""
        for said, what in channel.said():
            if said == "next":
                channel.tell("lane", [part_of(scenario) for scenario in self.take() or ()])
            else:
                heard[said](what)
        self.helpers[channel].join()
        if said != "records":
            code = self.helpers[channel].exitcode
            msg = f"a process of this run ended before its lanes did (exit {code}); run it again"
            raise BridgeError(msg)


class Helper:
    """A process that helps: it asks the leader for lanes."""

    def __init__(self, connection: Connection) -> None:
        self.channel = Channel(connection)
        self._given = queue.SimpleQueue[Lane]()

    def take(self) -> Lane | None:
        """Return the next lane, if one is left."""
        self.channel.tell("next")
        return self._given.get()

    def over(self, scenario: Scenario, rate: float) -> None:
        """Tell the leader that a scenario has been played, by clocks of such a rate."""
        self.channel.tell("over", (part_of(scenario), rate))

    def end(self) -> None:
        """Take no more lanes."""
        for _ in range(TOGETHER):
            self._given.put([])

    def obey(self, over: Callable[[Scenario, float], None], end: Callable[[], None]) -> None:
        """Do what the leader says, until it says that this is the end, or is gone."""
        for said, what in self.channel.said():
            if said == "end":
                break
            if said == "over":
                part, rate = what
                over(named(part), rate)
            else:
                self._given.put([named(part) for part in what])
        end()

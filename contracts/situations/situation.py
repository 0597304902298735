"""What a situation is: it arranges worlds and makes calls; it judges nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.contracts.situations.stage import Stage


@dataclass(frozen=True)
class Situation:
    """One situation: its id, what it is in one line, the level from which on it is played, and the play itself."""

    id: str
    title: str
    level: str
    play: Callable[[Stage], None]

"""Stories of which something came after they had ended."""

from collections.abc import Collection

from greenroom.contracts.fuzz.play import Play
from greenroom.contracts.fuzz.story import Step

RECENT = 16
"""Stories of which late work is still told from that of others."""
MOST = 3
"""Stories that left late work and are played again with time for it."""


class LateStories:
    """Knows the recent stories, and of these the ones (``found``) that left late work."""

    def __init__(self) -> None:
        self._recent: list[tuple[Play, list[Step]]] = []
        self.found: list[list[Step]] = []

    def follow(self, play: Play, steps: list[Step]) -> Play:
        """Know of which story a play is; its steps are yet to come."""
        self._recent = [*self._recent[-RECENT:], (play, steps)]
        return play

    def notice(self, worlds: Collection[str]) -> None:
        """Find the stories in whose worlds something came late."""
        if not worlds:
            return
        late = [steps for play, steps in self._recent if play.worlds & set(worlds)]
        self.found += late[: MOST - len(self.found)]

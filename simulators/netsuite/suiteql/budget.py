"""How much one query may take: so much, and no query keeps the fake busy for long."""

from greenroom.simulators.core.errors import Unsimulated

MOST = 2_000_000
"""Steps of one query: an expression's part that was worked out, or a pair of rows that was tried, is one."""
LARGEST = 16_000_000
"""Characters of the texts that one query makes, together."""
LONGEST = 100_000
"""Characters of one text that a function makes."""


class Budget:
    """Counts the steps of one query and the characters that it makes."""

    def __init__(self) -> None:
        self._steps = 0
        self._characters = 0

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            Unsimulated: there were too many.

        """
        self._steps += steps
        if self._steps > MOST:
            raise Unsimulated(f"a SuiteQL query that takes more than {MOST} steps")

    def made(self, characters: int) -> None:
        """Count a text that is to be made, before it is.

        Raises:
            Unsimulated: it is too long, or all of them are.

        """
        self._characters += characters
        if characters > LONGEST or self._characters > LARGEST:
            raise Unsimulated(f"a SuiteQL query that makes more than {LONGEST} characters of a text")

"""What to say of a name that does not exist: the one that was probably meant, or all that there are."""

from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = 0.7
"""How similar a name must be to count as a misspelling."""


def did_you_mean(name: object, known: Iterable[str], otherwise: str = "use one of: ") -> str:
    """Return ``did you mean 'x'?``, or the known names after ``otherwise``. Letters' case and ``_`` do not count."""
    names = list(known)
    plain = {_plain(each): each for each in reversed(names)}
    near = get_close_matches(_plain(str(name)), plain, 1, ALIKE)
    return f"did you mean '{plain[near[0]]}'?" if near else f"{otherwise}{', '.join(names)}"


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").strip("*?")

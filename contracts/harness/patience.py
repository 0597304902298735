"""How long calls are waited for: less, then not at all, once an interface has hung again and again in a lane."""

FULL = 2
"""Hangs that are waited for until the deadline."""
BRIEF = 2
"""Hangs after those that are waited for a few seconds; what does not hang is judged as ever. Then nothing is called."""
SECONDS = 5.0
"""Those few seconds."""


class Patience:
    """Counts the hangs that break a must; ``limited``: they shorten the wait, as the connector is refused anyway."""

    def __init__(self, deadline: float, *, limited: bool = False) -> None:
        self._deadline = deadline
        self._limited = limited
        self.hangs = 0

    def seconds(self) -> float | None:
        """Return how long the next call is waited for; None: it is not made."""
        if not self._limited or self.hangs < FULL:
            return self._deadline
        return min(SECONDS, self._deadline) if self.hangs < FULL + BRIEF else None

    def outcome(self, outcome: dict[str, object], seconds: float) -> dict[str, object]:
        """Return how a call ended: one that was not waited for until the deadline is not judged, and one hang more."""
        if outcome["kind"] != "timed-out" or seconds >= self._deadline:
            return outcome
        self.hangs += 1
        return _not_judged(f"it had not answered after {seconds:g} s, and the connector had hung before")

    def unmade(self) -> dict[str, object]:
        """Return the outcome of a call that is not made."""
        return _not_judged("it was not made, since the connector hangs again and again")


def _not_judged(reason: str) -> dict[str, object]:
    return {"kind": "not-judged", "reason": reason}

"""A world's clock: real time plus what a test moved it by, or frozen."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""A clock stays between these, so that whoever reckons from its time (expiries, months ahead) can."""


class Clock:
    """Tells a world's time in UTC, between the years 1970 and 9000.

    What would set it outside, or to a moment without a time zone, is a ValueError and changes nothing.
    """

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        """Return the world's present moment, aware, in UTC."""
        return self._frozen or datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward (or back, when negative) by so many seconds.

        Raises:
            ValueError: out of the clock's range.

        """
        step = _step(self.now(), seconds)
        if self._frozen:
            self._frozen += step
        else:
            self._offset += step

    def run(self) -> None:
        """Let a frozen clock go on from where it stands."""
        if self._frozen:
            self._offset, self._frozen = self._frozen - datetime.now(UTC), None

    def dump(self) -> dict[str, Any]:
        """Return the clock's setting: its offset from real time in seconds, or where it stands frozen."""
        frozen = self._frozen  # looked at once: another thread may let the clock run meanwhile
        return {"offset": self._offset.total_seconds(), "frozen": frozen.isoformat() if frozen else None}

    def load(self, setting: Mapping[str, Any]) -> None:
        """Take a setting that :meth:`dump` returned.

        Raises:
            ValueError: out of the clock's range.

        """
        offset = _step(datetime.now(UTC), setting["offset"])
        frozen = _checked(datetime.fromisoformat(setting["frozen"])) if setting["frozen"] else None
        self._offset, self._frozen = offset, frozen

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, at a given moment or at the present one.

        Raises:
            ValueError: out of the clock's range, or without a time zone.

        """
        self._frozen = _checked(at or self.now())


def _checked(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = f"the clock needs a moment with its time zone, not {moment.isoformat()}"
        raise ValueError(msg)
    if not EARLIEST <= moment < LATEST:
        msg = f"the clock goes from {EARLIEST.year} to {LATEST.year}, {moment.isoformat()} is outside"
        raise ValueError(msg)
    return moment.astimezone(UTC)


def _step(start: datetime, seconds: float) -> timedelta:
    try:
        step = timedelta(seconds=seconds)
        _checked(start + step)
    except OverflowError:
        msg = f"the clock goes from {EARLIEST.year} to {LATEST.year}, {seconds} seconds lead outside"
        raise ValueError(msg) from None
    return step


def timestamp(moment: datetime) -> str:
    """Write a moment the way both vendors do: ISO 8601 in UTC, whole seconds, ``Z``."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{utc.isoformat(timespec='seconds')[:19]}Z"

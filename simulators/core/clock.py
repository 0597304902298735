"""A world's clock: real time plus what a test moved it by, or frozen."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any


class Clock:
    """Tells a world's time in UTC."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        """Return the world's present moment, aware, in UTC."""
        return self._frozen or datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward (or back, when negative) by so many seconds."""
        step = timedelta(seconds=seconds)
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
        return {"offset": self._offset.total_seconds(), "frozen": self._frozen.isoformat() if self._frozen else None}

    def load(self, setting: Mapping[str, Any]) -> None:
        """Take a setting that :meth:`dump` returned."""
        self._offset = timedelta(seconds=setting["offset"])
        self._frozen = datetime.fromisoformat(setting["frozen"]) if setting["frozen"] else None

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, at a given moment or at the present one."""
        self._frozen = at or self.now()


def timestamp(moment: datetime) -> str:
    """Write a moment the way both vendors do: ISO 8601 in UTC, whole seconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

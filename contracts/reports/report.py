"""What a report is: something that listens to a run."""

from typing import Protocol

from greenroom.contracts.run.events import Event


class ReportError(ValueError):
    """A report cannot be made; the message says what to do instead."""


class Report(Protocol):
    """Hears every event of a run, in order, and writes when it pleases.

    ``several``: it can tell of several targets in one file.
    """

    several: bool

    def handle(self, event: Event) -> None:
        """Take in one event."""

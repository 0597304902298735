"""The report as JSON, as ``schemas/report.json`` describes it."""

from pathlib import Path

from greenroom.contracts.run.certificate import written
from greenroom.contracts.run.events import Event, RunFinished


class JsonReport:
    """Writes the certificate with all its calls when the run is over."""

    several = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Write at the end."""
        if isinstance(event, RunFinished):
            self._path.write_text(written(event.certificate.report()), "utf-8", newline="\n")

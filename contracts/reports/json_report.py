"""The report as JSON, as ``schemas/report.json`` describes it."""

import json
from pathlib import Path

from greenroom.contracts.run.events import Event, RunFinished


class JsonReport:
    """Writes the certificate with all its calls when the run is over."""

    several = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Write at the end."""
        if isinstance(event, RunFinished):
            text = json.dumps(event.certificate.report(), indent=2)
            self._path.write_text(text + "\n", "utf-8")

"""The verdict as a badge: the JSON that badge services read from an address (schema version 1)."""

import json
from pathlib import Path

from greenroom.contracts.reports.story import WORDS
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished

COLOURS = {"certified": "brightgreen", "holds": "green", "not-certified": "red", "errored": "lightgrey"}


class BadgeReport:
    """Writes the verdict and the level of one certificate."""

    several = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Write at the end."""
        if isinstance(event, RunFinished):
            self._path.write_text(json.dumps(badge(event.certificate)) + "\n", "utf-8", newline="\n")


def badge(certificate: Certificate) -> dict[str, object]:
    """Return what the badge says: the level where it is certified, else the verdict in words."""
    said = certificate.reached if certificate.verdict == "certified" else WORDS[certificate.verdict].lower()
    colour = COLOURS[certificate.verdict]
    return {"schemaVersion": 1, "label": f"greenroom {certificate.crm}", "message": said, "color": colour}

"""The certificate as an in-toto statement, ready to be signed."""

import json
from pathlib import Path

from greenroom.contracts.attestation.covered import covered, rule
from greenroom.contracts.attestation.statement import statement
from greenroom.contracts.run.certificate import written
from greenroom.contracts.run.events import Event, RunFinished


class IntotoReport:
    """Writes what the run proved of which files. A connector that could not be judged gets no statement."""

    several = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Write at the end."""
        if isinstance(event, RunFinished) and not event.certificate.failure:
            report = event.certificate.report()
            target = report["target"]
            found = statement(report, written(report), covered(target), rule(target))
            self._path.write_text(json.dumps(found, indent=2) + "\n", "utf-8", newline="\n")

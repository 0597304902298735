"""What a GitHub job shows: an annotation for each broken promise, and the Markdown report as the step's summary."""

import os
import sys
from pathlib import Path

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.reports import story
from greenroom.contracts.reports.markdown import page
from greenroom.contracts.reports.places import place
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of the step's summary; there is none outside a job."""
MOST = 10
"""Annotations of a kind that GitHub shows of one step."""


class GithubReport:
    """Prints annotations as workflow commands, and appends to the summary."""

    several = True

    def __init__(self, _path: Path) -> None:
        self._summary = os.environ.get(SUMMARY)

    def handle(self, event: Event) -> None:
        """Print and write at the end of each target."""
        if isinstance(event, RunFinished):
            sys.stdout.write("".join(f"{line}\n" for line in annotations(event.certificate)))
            if self._summary:
                with Path(self._summary).open("a", encoding="utf-8") as file:
                    file.write(page(event.certificate))


def annotations(certificate: Certificate) -> list[str]:
    """Return the workflow commands: an error for each broken must, a notice for advice and for what is not scored."""
    if certificate.failure:
        return [_command("error", place(certificate, None), "could not be judged", certificate.failure)]
    musts = [_annotation("error", certificate, verdict) for verdict in story.broken(certificate)]
    others = (*story.advised(certificate), *story.unscored(certificate))
    return [*musts[:MOST], *[_annotation("notice", certificate, each) for each in others][:MOST]]


def _annotation(kind: str, certificate: Certificate, verdict: Verdict) -> str:
    first = next(iter(verdict.violations), None)
    title = f"{verdict.clause.id}{story.about(certificate, verdict)}"
    details = f"expected {first.expected}; got {first.got}. {first.hint}" if first else str(verdict.reason)
    where = f" (in '{first.scenario}', {len(verdict.violations)} of {verdict.judged} calls)" if first else ""
    why = "" if verdict.scored else f" {story.why_unscored(certificate)}."
    return _command(kind, place(certificate, first), title, f"{verdict.clause.title}{where}: {details}{why}")


def _command(kind: str, where: tuple[str, int], title: str, text: str) -> str:
    return f"::{kind} file={_property(where[0])},line={where[1]},title={_property(title)}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

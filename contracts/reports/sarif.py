"""The report as SARIF 2.1.0, for code scanning: one rule a clause, one result a distinct violation."""

import json
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses.judge import Verdict, Violation
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import distinct
from greenroom.contracts.reports.places import place
from greenroom.contracts.reports.repeat import repeat
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"must": "error", "should": "note"}


class SarifReport:
    """Writes every certificate as a run of one log."""

    several = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs: list[dict[str, Any]] = []

    def handle(self, event: Event) -> None:
        """Write at the end of each target."""
        if isinstance(event, RunFinished):
            self._runs.append(_run(event.certificate))
            log = {"$schema": SCHEMA, "version": "2.1.0", "runs": self._runs}
            self._path.write_text(json.dumps(log, indent=2) + "\n", "utf-8", newline="\n")


def _run(certificate: Certificate) -> dict[str, Any]:
    verdicts = [verdict for verdict in certificate.verdicts if verdict.outcome in ("failed", "errored")]
    rules = {verdict.clause.id: _rule(verdict) for verdict in verdicts}
    results = [result for verdict in verdicts for result in _results(certificate, verdict)]
    driver = {"name": "Greenroom", "version": certificate.version, "rules": list(rules.values())}
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"greenroom/{certificate.crm}/{certificate.target['name']}"},
        "invocations": [_invocation(certificate)],
        "results": results,
    }


def _invocation(certificate: Certificate) -> dict[str, Any]:
    failure = {"toolExecutionNotifications": [{"level": "error", "message": {"text": certificate.failure}}]}
    return {"executionSuccessful": certificate.verdict != "errored", **(failure if certificate.failure else {})}


def _rule(verdict: Verdict) -> dict[str, Any]:
    clause = verdict.clause
    return {
        "id": clause.id,
        "shortDescription": {"text": clause.title},
        "fullDescription": {"text": clause.why},
        "defaultConfiguration": {"level": _level(verdict)},
        **({"helpUri": verdict.source.url} if verdict.source.url else {}),
    }


def _level(verdict: Verdict) -> str:
    return LEVELS[verdict.clause.strength] if verdict.scored else "note"


def _results(certificate: Certificate, verdict: Verdict) -> list[dict[str, Any]]:
    if verdict.outcome == "errored":
        text = f"could not be judged: {verdict.reason}{_unscored(certificate, verdict)}"
        return [{**_result(certificate, verdict, text, None), "kind": "review", "level": "none"}]
    return [
        _result(certificate, verdict, _text(certificate, verdict, violation), violation)
        for violation in distinct(verdict.violations)
    ]


def _text(certificate: Certificate, verdict: Verdict, violation: Violation) -> str:
    about = story.about(certificate, verdict)
    return (
        f"{verdict.clause.title}{about}. In '{violation.scenario}': "
        f"expected {violation.expected}; got {violation.got}. "
        f"Hint: {violation.hint}. Repeat: {repeat(certificate, verdict, violation.scenario)}"
        f"{_unscored(certificate, verdict)}"
    )


def _unscored(certificate: Certificate, verdict: Verdict) -> str:
    return "" if verdict.scored else f". {story.why_unscored(certificate)}."


def _result(certificate: Certificate, verdict: Verdict, text: str, violation: Violation | None) -> dict[str, Any]:
    file, line = place(certificate, violation)
    location = {"artifactLocation": {"uri": file}, "region": {"startLine": line}}
    scenario = violation.scenario if violation else ""
    return {
        "ruleId": verdict.clause.id,
        "level": _level(verdict),
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"greenroom/v1": f"{verdict.clause.id} {verdict.interface} {scenario}"},
    }

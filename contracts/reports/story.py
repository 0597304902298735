"""What a certificate tells, in the words and the order in which written reports tell it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.contracts.clauses.canaries import REFERENCE
from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.interfaces import INTERFACES
from greenroom.contracts.run.certificate import Certificate

WORDS = {
    "certified": "Certified",
    "not-certified": "Not certified",
    "errored": "Could not be judged",
    "holds": "Holds (selection, no certificate)",
}
ENDS = {
    "live": "stands",
    "removed": "is deleted",
    "never": "never existed",
    "none": "(no appointment in particular)",
}
FOUND = ("failed", "errored")
"""Outcomes of a clause that does not hold, or of which that is not known."""
NOT_SCORED = "not scored"
KEPT = "is cancelled, and kept"
"""How an appointment stands in all other states."""


@dataclass(frozen=True)
class UserRow:
    """What a user meets: when (the scenario's title), what is shown, how the appointment stands afterwards.

    ``interface`` is empty where only one was judged.
    """

    interface: str
    when: str
    shown: tuple[str, ...]
    afterwards: tuple[str, ...]


def experiences(certificate: Certificate) -> list[UserRow]:
    """Return what users of the connector will experience, a row for each scenario and interface."""
    titles = {timing.id: timing.title for timing in certificate.played}
    several = len(certificate.interfaces) > 1
    by_scenario: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for call in certificate.calls:
        by_scenario.setdefault((call["interface"] if several else "", call["scenario"]), []).append(call)
    return [
        UserRow(
            interface,
            titles.get(name, name),
            _distinct([in_words(call["seen"]) for call in calls]),
            _distinct([ENDS.get(call["state"]["final"], KEPT) for call in calls]),
        )
        for (interface, name), calls in by_scenario.items()
    ]


def about(certificate: Certificate, verdict: Verdict) -> str:
    """Return the interface that a verdict is about, in brackets after a blank, where several were judged."""
    return f" ({verdict.interface})" if len(certificate.interfaces) > 1 else ""


def levels(certificate: Certificate) -> str | None:
    """Return the level that each interface reaches, where several were judged; nothing of a selection."""
    found = certificate.reached_by
    if certificate.partial or len(found) < 2:
        return None
    return f"by interface: {', '.join(f'{name} {level}' for name, level in found.items())}"


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def outcome(verdict: Verdict) -> str:
    """Return a clause's outcome as people read it: a failed should is advice, and what decides nothing says so."""
    if verdict.outcome in FOUND and not verdict.scored:
        return NOT_SCORED
    advice = verdict.outcome == "failed" and verdict.clause.strength == "should"
    return "advice" if advice else verdict.outcome


def broken(certificate: Certificate) -> list[Verdict]:
    """Return the musts that failed, or could not be judged, and that count."""
    return [v for v in certificate.verdicts if outcome(v) in FOUND]


def advised(certificate: Certificate) -> list[Verdict]:
    """Return the shoulds that failed."""
    return [v for v in certificate.verdicts if outcome(v) == "advice"]


def unscored(certificate: Certificate) -> list[Verdict]:
    """Return what failed, or could not be judged, and decides nothing: the requirement set lacks the clause."""
    return [v for v in certificate.verdicts if outcome(v) == NOT_SCORED]


def why_unscored(certificate: Certificate) -> str:
    """Return the sentence on what unscored clauses are."""
    name = certificate.requirements.name if certificate.requirements else "of this run"
    return f"Not scored: the requirement set {name} lacks this clause, so it decides nothing"


def sentence(certificate: Certificate) -> str | None:
    """Return the sentence for the connector's own documentation, once it is known to be true: on what its end means."""
    ends = any(INTERFACES[name].ends for name in certificate.interfaces if name in INTERFACES)
    known = ends and certificate.calls and certificate.reached not in ("none", "runtime")
    return str(certificate.calls[0]["crm"]["sentence"]) if known else None


def mark(certificate: Certificate, shown: Sequence[Verdict | UserRow]) -> str | None:
    """Return the sentence on the first mark of the fake CRM in what is shown; None where there is none."""
    begins = certificate.calls[0]["crm"].get("reference", REFERENCE) if certificate.calls else REFERENCE
    found = re.search(rf"\b{begins}-\d+-\w+", json.dumps([_texts(each) for each in shown]))
    what = "is a mark: only the texts of one record, or of one gateway's page, have it. So Greenroom sees where they go"
    return f"{found.group()} {what}" if found else None


def _texts(shown: Verdict | UserRow) -> Any:
    if isinstance(shown, UserRow):
        return shown.shown
    return [
        [each.expected, each.got, each.evidence["exchange"], each.evidence["user_sees"]] for each in shown.violations
    ]


def orders(certificate: Certificate) -> str | None:
    """Return the sentence on calls at the same time, where there were any."""
    found = certificate.orders
    if not found.played:
        return None
    more = f" (more orders are possible in {found.limited} scenarios)" if found.limited else ""
    return f"concurrent calls: {found.played} orders of their requests played{more}, {found.explained} explained"


def isolated(certificate: Certificate) -> str | None:
    """Return the sentence on the run's own network, where it had one."""
    text = "isolated: the run had a network of its own with loopback only; nothing could leave"
    return text if certificate.isolated else None


def why_nothing(certificate: Certificate) -> str:
    """Return why nothing was judged."""
    if certificate.partial:
        return "no call of these scenarios was a case of these clauses"
    by = certificate.requirements
    return f"set {by.name if by else '(none)'} has no clause of these interfaces; choose another one with --set"


def judged_by(certificate: Certificate) -> str | None:
    """Return the sentence on the requirement set, and on what was judged though it lacks it."""
    by = certificate.requirements
    if by is None:
        return None
    later = [each.clause.id for each in certificate.verdicts if not each.scored]
    more = [*dict.fromkeys(later), *by.unscored]
    return f"judged by set {by.name}" + (f"; later and not scored: {', '.join(more)}" if more else "")


def more(certificate: Certificate) -> list[str]:
    """Return what else there is to say of a run, as sentences."""
    by = None if certificate.failure else judged_by(certificate)
    found = (levels(certificate), orders(certificate), isolated(certificate), by)
    return [f"{text[0].upper()}{text[1:]}" for text in found if text]


def selected(certificate: Certificate) -> str:
    """Return what a selection lacks to be a certificate."""
    chosen = certificate.selection
    if chosen.shards and not (chosen.only or chosen.scenarios):
        return f"shard {', '.join(chosen.shards)}; for a certificate, put all shards together with 'greenroom merge'"
    return "for a certificate, run without --only and --scenario"

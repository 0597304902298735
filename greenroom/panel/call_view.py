"""What the panel tells of a call: the promises that it broke."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import Verdict, judge


def details(number: int, record: Mapping[str, Any], spoiled: str | None) -> dict[str, Any]:
    """Return a call with its verdict, broken promises before advice; ``spoiled`` says why it cannot be judged."""
    verdicts = [] if spoiled else [judge(clause, [Call(record)]) for clause in CLAUSES]
    broken = [_problem(verdict) for verdict in verdicts if verdict.violations]
    troubled = [f"{v.clause.id}: {v.reason}" for v in verdicts if v.outcome == "errored"]
    return {
        "number": number,
        "call": record,
        "judged": sum(1 for verdict in verdicts if verdict.judged),
        "broken": sorted(broken, key=lambda each: each["strength"] != "must"),
        "errored": [spoiled] if spoiled else troubled,
    }


def summary(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict of a call in numbers, for a place that has no room for more."""
    musts = sum(1 for each in made["broken"] if each["strength"] == "must")
    advice = len(made["broken"]) - musts
    return {**{name: made[name] for name in ("number", "judged", "errored")}, "musts": musts, "advice": advice}


def _problem(verdict: Verdict) -> dict[str, Any]:
    """Return a broken promise of one call."""
    clause, found = verdict.clause, verdict.violations[0]
    about = {name: getattr(clause, name) for name in ("id", "title", "strength", "why")}
    return {
        **about,
        "level": found.level,
        "expected": found.expected,
        "got": found.got,
        "hint": found.hint,
        "at": found.at,
    }

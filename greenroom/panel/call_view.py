"""What the panel tells: a call with the promises that it broke, an appointment as App Connect has it."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import Verdict, judge
from greenroom.simulators.core.appointment import CANCELLED, Appointment


def told(number: int, record: Mapping[str, Any], spoiled: str | None) -> dict[str, Any]:
    """Return a call with its verdict; ``spoiled`` says why it cannot be judged, where that is so."""
    verdicts = [] if spoiled else [judge(clause, [Call(record)]) for clause in CLAUSES]
    troubled = [f"{v.clause.id}: {v.reason}" for v in verdicts if v.outcome == "errored"]
    return {
        "number": number,
        "call": record,
        "judged": sum(1 for verdict in verdicts if verdict.judged),
        "broken": [_problem(verdict) for verdict in verdicts if verdict.violations],
        "errored": [spoiled] if spoiled else troubled,
    }


def _problem(verdict: Verdict) -> dict[str, Any]:
    """Return a broken promise of one call."""
    clause, found = verdict.clause, verdict.violations[0]
    about = {name: getattr(clause, name) for name in ("id", "title", "strength", "why")}
    return {**about, "level": found.level, "expected": found.expected, "got": found.got, "hint": found.hint}


def as_app_connect(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment as App Connect's interface documentation describes it."""
    minutes = (appointment.end - appointment.start).total_seconds() / 60
    return {
        "id": appointment.id,
        "thirdPartyAppointmentId": appointment.id,
        "title": appointment.title,
        "description": appointment.description,
        "startTimeUtc": appointment.to_json()["start"],
        "durationMinutes": round(minutes),
        "status": "cancelled" if appointment.state == CANCELLED else "scheduled",
        "contactId": str(appointment.people[0]["id"]) if appointment.people else "",
        "attendees": [dict(person) for person in appointment.people],
    }

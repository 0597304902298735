"""Judge every clause on every call to which it applies. Pure: the same calls give the same verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import LEVELS, Clause, Problem, Source
from greenroom.contracts.clauses.lines import line, request_line
from greenroom.contracts.clauses.toast import in_words

LONGEST_SENT, LONGEST_GOT = 1000, 200
"""Characters of bodies in a line of evidence."""
TOO_BUSY = "this machine was too busy to judge '{}': stop other programs and run again"
MOST_LINES = 5
"""Lines of what a process wrote before it ended, in evidence."""
NOT_JUDGED = "not-judged"
"""The outcome of a call that proves nothing."""
BY_REQUESTS = ("safety.", "effect.only-this-appointment", "effect.changes-nothing")
"""Prefixes of the clauses that judge requests, whatever the responses were."""
NOT_SELECTED = "not selected"


@dataclass(frozen=True)
class Violation:
    """One broken promise: the scenario, the expected and the real behaviour, a hint, and the evidence.

    ``at`` is the connector's own line that it is about, as ``file:line``, if it is known. ``level`` is the lowest level
    that it blocks. A promise that breaks only under faults blocks no lower level.
    """

    scenario: str
    level: str
    expected: str
    got: str
    hint: str
    evidence: Mapping[str, Any]
    at: str | None = None


@dataclass(frozen=True)
class Verdict:
    """A clause's outcome (``passed``, ``failed``, ``skipped``, ``errored`` or ``waived``), and on how many calls."""

    clause: Clause
    outcome: str
    judged: int = 0
    reason: str | None = None
    violations: tuple[Violation, ...] = field(default=())
    waived: tuple[Violation, ...] = field(default=())
    """Violations that a waiver covers while others remain. They still count for the level."""
    starved: tuple[str, ...] = field(default=())
    """Scenarios in which it broke while this machine was too busy. They accuse nobody."""
    level: str | None = None
    """The level that an outcome without violations blocks, if it is not the clause's own."""
    interface: str = ""
    """The interface whose calls were judged; empty: those of all."""
    seconds: float = 0.0
    """How long the calls took that were judged."""
    scored: bool = True
    """Whether it counts: the run's requirement set has the clause."""

    @property
    def source(self) -> Source:
        """Where the promise comes from, for this interface."""
        return self.clause.source.of(self.interface or self.clause.interfaces[0])


def judge(clause: Clause, calls: Sequence[Call], interface: str | None = None) -> Verdict:
    """Judge one clause on the calls to which it applies: those of one interface, or of all on which it holds."""
    if interface is None:
        return _judge(clause, calls)
    return replace(_judge(clause, [call for call in calls if call.interface.name == interface]), interface=interface)


def keeps(clause: Clause, call: Call) -> bool:
    """Tell, at little cost, whether there is nothing to judge: a call surely keeps a promise, or is no case of it."""
    try:
        if not _concerns(clause, call):
            return True
        return call.kind != NOT_JUDGED and (not clause.applies(call) or (call.sure and clause.judge(call) is None))
    except Exception:  # the clause itself failed: to be judged, and so told
        return False


def _judge(clause: Clause, calls: Sequence[Call]) -> Verdict:
    try:
        concerned = [call for call in calls if _concerns(clause, call)]
        applicable = [call for call in concerned if call.kind != NOT_JUDGED and clause.applies(call)]
        troubled = next((call for call in applicable if call.internal_error), None)
        if troubled:
            return Verdict(clause, "errored", len(applicable), f"the simulator failed in '{troubled.scenario}'")
        problems = [(call, problem) for call in applicable if (problem := clause.judge(call))]
        spent = sum(call.record["seconds"] for call in applicable)
    except Exception as error:
        return Verdict(clause, "errored", 0, f"the clause itself failed: {error!r}")
    left_out = [call for call in concerned if call.kind == NOT_JUDGED]
    if left_out and not problems:
        return _partly(clause, len(applicable), left_out)
    if not applicable:
        return Verdict(clause, "skipped", 0, "not applicable: no call of this run was a case of it")
    violations = tuple(violation(clause, call, problem) for call, problem in problems if not excuse(clause, call))
    starved = tuple(dict.fromkeys(call.scenario for call, _ in problems if call.starved))
    if violations:
        return Verdict(clause, "failed", len(applicable), None, violations, starved=starved, seconds=spent)
    excuses = [why for call, _ in problems if (why := excuse(clause, call))]
    unknown = [*excuses, *_unproven(clause, applicable, calls)]
    outcome = "errored" if unknown else "passed"
    return Verdict(clause, outcome, len(applicable), next(iter(unknown), None), starved=starved, seconds=spent)


def _partly(clause: Clause, judged: int, left_out: Sequence[Call]) -> Verdict:
    """Return that a promise held in the judged calls. It may be broken in the others."""
    ordinary = any(call.record["level"] != LEVELS[-1] for call in left_out)
    many = f"{len(left_out)} calls are" if len(left_out) > 1 else "a call is"
    reason = f"{many} not judged, first in '{left_out[0].scenario}': {left_out[0].outcome['reason']}"
    return Verdict(clause, "errored", judged, reason, level=clause.level if ordinary else LEVELS[-1])


def _concerns(clause: Clause, call: Call) -> bool:
    return call.interface.name in clause.interfaces and (call.issuable or clause.odd_ids_too)


def excuse(clause: Clause, call: Call) -> str | None:
    """Return why a broken promise in a call does not count against the connector, or None.

    Greenroom did not see or simulate its basis, or this machine was too busy. Credentials, users and other writes are
    judged by the requests that were seen.
    """
    unknown = None if clause.id.startswith(BY_REQUESTS) else _not_simulated(call) or _not_seen(call)
    return unknown or (TOO_BUSY.format(call.scenario) if call.starved else None)


def _unproven(clause: Clause, applicable: Sequence[Call], calls: Sequence[Call]) -> list[str]:
    """Return why calls prove nothing although they seem to keep a promise.

    The real response to an unsimulated request might have led the connector elsewhere. A connector that may send unseen
    requests, for example after it started a program, proves nothing by calls without a write. It does if another call
    shows a seen write: then its requests are visible. Where an interface only reads, a read is enough.
    """
    missing = [why for call in applicable if (why := _not_simulated(call)) and not clause.id.startswith(BY_REQUESTS)]
    unseen = [] if any(call.telling for call in calls) else [_not_seen(call) for call in applicable]
    return missing or ([why for why in unseen if why] if all(unseen) else [])


def _not_simulated(call: Call) -> str | None:
    return f"not simulated: {call.unsimulated}" if call.unsimulated else None


def _not_seen(call: Call) -> str | None:
    if not call.unseen:
        return None
    what = ", ".join(call.unseen)
    return f"cannot be judged: in '{call.scenario}' no request that would change anything was seen, but {what}"


def violation(clause: Clause, call: Call, problem: Problem) -> Violation:
    """Attach evidence to a problem: requests, changes, the result, the toast."""
    evidence = {
        "step": call.record["step"],
        "variant": call.record["variant"],
        "actor": call.actor,
        "subject": call.record["subject"],
        "state": call.record["state"],
        "exchange": [exchange(entry) for entry in call.entries],
        "lines": [request_line(call, entry) for entry in call.entries],
        "changes": [{**c, "before": _summary(c["before"]), "after": _summary(c["after"])} for c in call.changes],
        "outcome": {k: v for k, v in call.outcome.items() if k != "error"}
        | (
            {"error": {k: v for k, v in call.outcome["error"].items() if k != "trace"}}
            if "error" in call.outcome
            else {}
        ),
        "user_sees": in_words(call.seen),
        **_ended(call),
    }
    level = clause.level if call.ordinary else LEVELS[-1]
    at = line(clause.id, call, problem.about)
    return Violation(call.scenario, level, problem.expected, problem.got, problem.hint, evidence, at)


def _ended(call: Call) -> dict[str, Any]:
    """Return the exit and the last output of the connector's process, if the call ended it."""
    if call.kind != "crashed":
        return {}
    said = call.record["printed"].get("stderr", "").splitlines()
    lines = [_cut(line, LONGEST_GOT) for line in said if line.strip()]
    return {"ended": {"exit": call.outcome.get("exit"), "stderr": lines[-MOST_LINES:]}}


def _summary(value: Any) -> Any:
    return f"{value['id']}…" if isinstance(value, Mapping) and "id" in value else value


def in_short(change: Mapping[str, Any]) -> str:
    """Return a change of one record in a few words."""
    if change["field"] == "*":
        return "is gone" if change["after"] is None else "is new"
    return f"{change['field']}: {change['before']!r} became {change['after']!r}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def exchange(entry: Mapping[str, Any]) -> str:
    """Return one request and its response as a line."""
    request, answer = entry["request"], entry["answer"]
    query = f"?{request['query']}" if request["query"] else ""
    sent = f" {_cut(request['body'], LONGEST_SENT)}" if request["body"] else ""
    got = f" {answer['body'][:LONGEST_GOT]}" if answer["body"] else ""
    address = f"{request['scheme']}://{request['host']}{request['path']}{query}"
    response = f"{answer['status']}{got}" if answer["status"] else "no response"
    return f"{request['method']} {address}{sent} -> {response}{fired(entry)}{missing(entry)}"


def missing(entry: Mapping[str, Any]) -> str:
    """Return what a request asked for that Greenroom does not simulate."""
    return f" [not simulated: {entry['unsimulated']}]" if entry.get("unsimulated") else ""


def fired(entry: Mapping[str, Any]) -> str:
    """Return the fault of a request, and whether the CRM carried out the request anyway."""
    if not entry["fault"]:
        return ""
    done = "; it was done" if entry["changes"] and entry["received"] != "whole" else ""
    return f" [fault {entry['fault']}{done}]"


def reached(verdicts: Sequence[Verdict], asked: str) -> str:
    """Return the highest level, up to the one asked for, all of whose musts hold and were all judged."""
    highest = "none"
    for level in LEVELS[: LEVELS.index(asked) + 1]:
        if any(blocks(verdict, level) for verdict in verdicts if verdict.clause.strength == "must"):
            break
        highest = level
    return highest


def blocks(verdict: Verdict, level: str = LEVELS[-1]) -> bool:
    """Return whether a clause blocks a level. A clause that never applied does not; one that was left out does."""
    below = LEVELS[: LEVELS.index(level) + 1]
    violations = (*verdict.violations, *verdict.waived)
    if violations:
        return any(violation.level in below for violation in violations)
    unselected = verdict.outcome == "skipped" and verdict.reason == NOT_SELECTED
    return (verdict.level or verdict.clause.level) in below and (verdict.outcome in ("errored", "waived") or unselected)

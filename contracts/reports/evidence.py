"""Evidence of broken promises, as lines that all reports share."""

import json
from collections.abc import Sequence

from greenroom.contracts.clauses.judge import Violation, in_short


def violation_lines(violation: Violation) -> list[str]:
    """Return a violation as lines: where, what was expected, what came, the wire, what the user sees, what to do."""
    variant = ", ".join(f"{k}={v}" for k, v in violation.evidence["variant"].items())
    return [f"  in '{violation.scenario}', call {violation.evidence['step']} ({variant})", *evidence(violation)]


def evidence(violation: Violation) -> list[str]:
    """Return what shows that a promise is broken, as lines."""
    shown = violation.evidence
    lines = [f"    at        {violation.at}"] if violation.at else []
    lines += [f"    expected  {violation.expected}", f"    got       {violation.got}"]
    lines += [f"    wire      {line}" for line in wire(violation)]
    lines += [f"    changed   {change['table']}/{change['id']} {in_short(change)}" for change in shown["changes"]]
    lines += [f"    {name:<9} {line}" for name, line in ending(violation)]
    if shown["user_sees"] not in violation.got:
        lines.append(f"    the user  {shown['user_sees']}")
    return [*lines, f"    hint      {violation.hint}"]


def wire(violation: Violation) -> list[str]:
    """Return the requests, each with the connector's line from which it came, where that is known."""
    exchange = violation.evidence["exchange"]
    known = violation.evidence.get("lines") or [None] * len(exchange)
    return [f"{text} (sent at {at})" if at else text for text, at in zip(exchange, known, strict=True)]


def ending(violation: Violation) -> list[tuple[str, str]]:
    """Return how the connector's process ended and what it wrote last, where it did end, as names and lines."""
    end = violation.evidence.get("ended")
    if not end:
        return []
    code = "unknown" if end["exit"] is None else end["exit"]
    return [("exit code", str(code)), *(("stderr", line) for line in end["stderr"])]


def said(violation: Violation) -> str:
    """Return what the connector returned, or how else its call ended, as JSON."""
    outcome = violation.evidence["outcome"]
    plain = outcome.get("kind") == "returned" and not outcome.get("unrepresentable")
    return json.dumps(outcome.get("value") if plain else outcome, ensure_ascii=False)


def distinct(violations: Sequence[Violation]) -> list[Violation]:
    """Return violations that tell different stories, each once."""
    return list({(v.expected, v.got, tuple(v.evidence["exchange"])): v for v in reversed(violations)}.values())[::-1]

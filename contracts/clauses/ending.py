"""How a call ended that did not answer, in words: what its process left on stderr, too."""

import signal

from greenroom.contracts.clauses.call import Call

FIRST, LAST = 5, 3
"""Lines of stderr that are shown: some languages say the cause first, some last."""
WIDEST = 160
"""Characters of a line."""


def ended(call: Call) -> str:
    """Return how a call ended that has no result: with which error, after which time, with which exit code."""
    error = call.outcome.get("error") or {}
    place = f" at {error['place']}" if error.get("place") else ""
    detail = f" {error['type']}: {error['message'][:WIDEST]}{place}" if error else ""
    detail += f" after {call.outcome['deadline']:g} s" if "deadline" in call.outcome else ""
    return f"{call.kind}{detail}{crash(call)}"


def crash(call: Call) -> str:
    """Return a process's exit code and what it said last, for a call that it did not live through."""
    if call.kind != "crashed":
        return ""
    code = call.outcome.get("exit")
    said = " | ".join(_some([line for line in call.record["printed"]["stderr"].splitlines() if line.strip()]))
    return f" with {exit_code(code)}{f'; on stderr: {said}' if said else ''}"


def exit_code(code: int | None) -> str:
    """Return an exit code in words."""
    if code is None:
        return "an exit code that is not known"
    names = {-number.value: number.name for number in signal.Signals}
    return names.get(code, f"exit code {code}")


def _some(lines: list[str]) -> list[str]:
    short = [line.strip()[:WIDEST] for line in lines]
    return short if len(short) <= FIRST + LAST else [*short[:FIRST], "…", *short[-LAST:]]

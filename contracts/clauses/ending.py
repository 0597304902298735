"""Words for a call that ended without a result, with the last stderr lines of its process."""

import signal

from greenroom.contracts.clauses.call import Call

FIRST, LAST = 5, 3
"""Lines of stderr in the report: some languages name the cause first, some last."""
WIDEST = 160
"""Characters of a line."""


def ended(call: Call) -> str:
    """Return how a call without a result ended: its error, its time or its exit code."""
    error = call.outcome.get("error") or {}
    place = f" at {error['at']}" if error.get("at") else ""
    detail = f" {error['type']}: {error['message'][:WIDEST]}{place}" if error else ""
    detail += f" after {call.outcome['deadline']:g} s" if "deadline" in call.outcome else ""
    return f"{call.kind}{detail}{crash(call)}"


def crash(call: Call) -> str:
    """Return the exit code and the last output of a process that ended during a call."""
    if call.kind != "crashed":
        return ""
    code = call.outcome.get("exit")
    said = " | ".join(_some([line for line in call.record["printed"]["stderr"].splitlines() if line.strip()]))
    return f" with {exit_code(code)}{f'; on stderr: {said}' if said else ''}"


def exit_code(code: int | None) -> str:
    """Return an exit code in words."""
    if code is None:
        return "an unknown exit code"
    names = {-number.value: number.name for number in signal.Signals}
    return names.get(code, f"exit code {code}")


def _some(lines: list[str]) -> list[str]:
    short = [line.strip()[:WIDEST] for line in lines]
    return short if len(short) <= FIRST + LAST else [*short[:FIRST], "…", *short[-LAST:]]

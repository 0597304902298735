"""Messages for a connector that cannot be called: the cause, the place, and what to do."""

import re
import signal
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from greenroom.connectors.bridges.target import Target

FIRST, LAST = 8, 4
"""Lines of a program's output to show: some languages name the cause first, some last."""
WIDEST = 300
"""Characters of a line."""
ALIKE = 0.8
"""How similar a name must be to count as a misspelling."""

_MISSING = (
    (r"Cannot find (?:package|module) '([^'./][^']*)'", "'{0}' is not installed here; run: npm install --save-dev {0}"),
    (r"No module named '?([\w.]+)", "'{0}' is not installed for that interpreter; name the one of your environment"),
)


def excerpt(text: str) -> str:
    """Return the first and the last lines of an output, or ' nothing'."""
    lines = [line.rstrip()[:WIDEST] for line in text.splitlines() if line.strip()]
    left = len(lines) - FIRST - LAST
    if left > 0:
        lines = [*lines[:FIRST], f"… ({left} more lines)", *lines[-LAST:]]
    return "\n" + "\n".join(lines) if lines else " nothing"


def ending(code: int | None) -> str:
    """Return how a process ended, in words."""
    if code is None:
        return "exit code unknown"
    names = {number.value: number.name for number in signal.Signals}
    return f"signal {names.get(-code, -code)}" if code < 0 else f"exit {code}"


def not_begun(command: Sequence[str], code: int | None, stderr: str) -> str:
    """Explain why a runtime ended before its worker began."""
    found = (text.format(match[1]) for pattern, text in _MISSING if (match := re.search(pattern, stderr)))
    advice = next(found, "check --runtime and --env")
    ended = f"'{' '.join(command)}' ended ({ending(code)}) before it began"
    return f"{ended}; {advice}; it said:{excerpt(stderr)}"


def real_time(target: Target, runtime: str) -> str:
    """Explain that a runtime's clocks cannot be made faster."""
    return f"{target.name}: {runtime} takes no time from libfaketime; run with --time real"


def died(target: Target, code: int | None, stderr: str) -> str:
    """Explain that a connector ended its process while it was loaded."""
    return f"{target.name}: its process ended while it was loaded ({ending(code)}); it said:{excerpt(stderr)}"


def not_loaded(target: Target, stage: str, error: dict[str, Any]) -> str:
    """Explain why a connector does not load, with file and line."""
    place = f" (at {error['place']})" if error.get("place") else ""
    syntax = error["type"].endswith(("SyntaxError", "IndentationError", "TabError", "TransformError", "TSError"))
    mend = "fix this" if syntax else "fix this, or set what it needs with --env and --runtime"
    advice = {
        "import": f"does not load; {mend}",
        "attribute": f"loads, but '{target.attribute}' is missing, or cannot be created without arguments",
    }[stage]
    message = excerpt(error["message"]).lstrip("\n")
    return f"{target.name} {advice}: {error['type']}{place}: {message}"


def misfit(target: Target, reason: str) -> str:
    """Explain that an interface does not take the inputs that App Connect passes."""
    return f"{target.name} offers the interface with wrong parameters: {reason}"


def too_slow(target: Target, seconds: float) -> str:
    """Explain that a connector does not load in time."""
    return f"{target.name} did not finish loading within {seconds:g} s: remove waits and endless loops from its import"


def no_offer(target: Target, wanted: Iterable[str], nested: Sequence[str], exports: Sequence[str], line: str) -> str:
    """Explain that a connector offers none of the wanted interfaces, and suggest what it seems to mean."""
    names = list(wanted)
    plain = {_plain(name): name for name in names}
    near = [(has, plain[found[0]]) for has in exports if (found := get_close_matches(_plain(has), plain, 1, ALIKE))]
    if nested:
        advice = f"did you mean {' or '.join(f'{target.name}:{name}' for name in nested)}?"
    elif near:
        advice = "; ".join(f"it has {has}: did you mean {_like(has, name)}?" for has, name in near)
    else:
        advice = f"add {line}{_dropped(target)}"
    return f"{target.name} exports none of: {', '.join(names)}; {advice}"


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _like(has: str, name: str) -> str:
    """Return a name in the style of another one: with underscores, or unchanged."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower() if "_" in has else name


def _dropped(target: Target) -> str:
    """Explain where exports are lost, if they are: esbuild (and tsx) replaces them in a file with ``export {}``."""
    if target.path is None or target.path.suffix not in (".ts", ".mts", ".cts"):
        return ""
    source = target.path.read_text("utf-8", "replace")
    if not re.search(r"^(module\.)?exports\b", source, re.MULTILINE) or not re.search(
        r"^export\b", source, re.MULTILINE
    ):
        return ""
    return (
        "; this file has both exports.… and export, and tsx (esbuild) keeps only export: compile it with tsc "
        'and name the .js file, or use --runtime "node -r @swc-node/register", or ts-node/register'
    )

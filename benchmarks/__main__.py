"""Run the benchmarks, print their figures, and compare them with the last run on this machine.

``--short`` runs what CI does: it fails where a ratio is worse than ``ratios.json`` says by more than a third.
Loads are bounded in count; everything stays on loopback.
"""

import sys
from typing import Any

from benchmarks import (
    bridge,
    certification,
    clients,
    console,
    fuzzing,
    growth,
    history,
    memory,
    node_bridge,
    peers,
    requests_cost,
    serving,
)

SHORT = (requests_cost,)
ALL = (*SHORT, growth, clients, peers, bridge, node_bridge, certification, fuzzing, serving, memory, console)


def main(words: list[str]) -> int:
    short = "--short" in words
    run = history.noted(_measured(SHORT if short else ALL))
    before = history.expected() if short else getattr(history.keep(run), "ratios", {})
    problems = history.worse(run.ratios, before)
    for problem in problems:
        print(f"worse by more than a third: {problem}")
    return 1 if short and problems else 0


def _measured(parts: tuple[Any, ...]) -> dict[str, str]:
    """Measure parts, and print what each found."""
    figures: dict[str, str] = {}
    for part in parts:
        print(f"\n{(part.__doc__ or '').strip().splitlines()[0]}")
        for name, figure in part.measure().items():
            print(f"  {name:<62} {figure}", flush=True)
            figures[name] = figure
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

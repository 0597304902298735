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


TRIES = 3
"""How often CI measures: a busy machine disturbs a measurement, and of each ratio the best one counts."""


def main(words: list[str]) -> int:
    if "--short" in words:
        return _short()
    run = history.noted(_measured(ALL))
    _tell(history.worse(run.ratios, getattr(history.keep(run), "ratios", {})))
    return 0


def _short() -> int:
    """Measure until no ratio is worse than expected; return 1 where one stays so."""
    best: dict[str, float] = {}
    for _ in range(TRIES):
        for name, ratio in history.noted(_measured(SHORT)).ratios.items():
            best[name] = min(ratio, best.get(name, ratio))
        problems = history.worse(best, history.expected())
        if not problems:
            return 0
    _tell(problems)
    return 1


def _tell(problems: list[str]) -> None:
    for problem in problems:
        print(f"worse by more than a third: {problem}")


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

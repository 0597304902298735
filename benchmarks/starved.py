"""Certify on a machine that has no time: two busy loops for each core beside the run, and nobody may be accused.

``python -m benchmarks.starved [RUNS] [SCENARIO …]``: references, and connectors that wait two seconds for an answer,
first with the machine to themselves, then beside the loops. What is broken must be the same; what could not be judged
may be more.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.flicker import Outcome, certified, outcome

CHOSEN = (
    ("connectors/reference/clio.py", "clio"),
    ("connectors/reference/netsuite.py", "netsuite"),
    ("benchmarks/connectors/two_seconds.py", "clio"),
    ("benchmarks/connectors/two_seconds.cjs", "netsuite"),
    ("tests/faulty/effect.cancelled.clio.stacked-slot.py", "clio"),
)
LOOPS = 2
"""Busy loops for each core."""
LONGEST = 3600
"""Seconds after which a loop ends, whatever became of this process."""


@contextmanager
def busy() -> Iterator[None]:
    """Keep every core busy."""
    code = f"import time\nend = time.monotonic() + {LONGEST}\nwhile time.monotonic() < end: pass"
    loops = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(LOOPS * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def broken(found: Outcome) -> set[str]:
    """Return what broke, and where."""
    return {part for part in found if " in " in part}


def main() -> int:
    runs, scenarios = int(sys.argv[1]) if len(sys.argv) > 1 else 50, tuple(sys.argv[2:])
    wrong = 0
    for target, crm in CHOSEN:
        quiet = broken(outcome(certified(target, crm, scenarios)))
        started, unjudged, differences = time.monotonic(), 0, list[str]()
        with busy():
            for _ in range(runs):
                found = outcome(certified(target, crm, scenarios))
                unjudged += sum(part.endswith(" not judged") for part in found)
                differences += sorted(broken(found) ^ quiet)
        seconds = (time.monotonic() - started) / max(runs, 1)
        print(f"{target}: {len(differences)} differences in {runs} runs of {seconds:.0f} s; {unjudged} not judged")
        for difference in sorted(set(differences)):
            print(f"  {differences.count(difference)} times: {difference}")
        wrong += len(differences)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

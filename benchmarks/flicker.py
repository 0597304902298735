"""Certify connectors that are chosen for their races again and again: one verdict each, or it fails.

``python -m benchmarks.flicker [RUNS] [SITUATION …]``; globs of situations make the runs shorter. Beside the verdict it
tells how often each must was broken.
"""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.runner import certify

CHOSEN = (
    ("tests/correct/clio.looks_late.py", "clio"),
    ("tests/faulty/truth.races-add-up.clio.shared-status.cjs", "clio"),
    ("tests/faulty/truth.success-is-backed.netsuite.fire-and-forget.py", "netsuite"),
)
"""One that works on after its answer, one that shares a variable between calls, one that never waits for an answer."""
DEADLINE = 12.0


def repeated(target: str, crm: str, runs: int, situations: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each verdict came, and how often each must was broken."""
    verdicts: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    for _ in range(runs):
        *_, last = certify(Order(target, crm, deadline=DEADLINE, situations=situations))
        assert isinstance(last, RunFinished)
        failed = [v for v in last.certificate.verdicts if v.outcome == "failed" and v.clause.strength == "must"]
        verdicts[f"{last.certificate.verdict}, reached {last.certificate.reached}, {bool(failed)}"] += 1
        broken.update(verdict.clause.id for verdict in failed)
    return verdicts, broken


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with ThreadPoolExecutor(len(CHOSEN)) as pool:
        found = pool.map(lambda chosen: repeated(*chosen, runs, tuple(sys.argv[2:])), CHOSEN)
        results = list(zip(CHOSEN, found, strict=True))
    for (target, _), (verdicts, broken) in results:
        print(f"{target}: {dict(verdicts)}; broken: {dict(broken)}")
    return 0 if all(len(verdicts) == 1 for _, (verdicts, _) in results) else 1


if __name__ == "__main__":
    sys.exit(main())

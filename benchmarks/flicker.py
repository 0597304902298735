"""Certify connectors that are chosen for their races again and again: one verdict each, or it fails.

``make flicker`` (RUNS=100). What is told beside the verdict is how often each must was broken.
"""

import sys
from collections import Counter

from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.runner import certify

CHOSEN = (
    ("tests/correct/clio.looks_late.py", "clio"),
    ("tests/faulty/truth.races-add-up.clio.shared-status.cjs", "clio"),
    ("tests/faulty/truth.success-is-backed.netsuite.fire-and-forget.py", "netsuite"),
)
"""One that works on after its answer, one that shares a variable between calls, one that never waits for an answer."""
DEADLINE = 8.0


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    steady = True
    for target, crm in CHOSEN:
        verdicts: Counter[str] = Counter()
        broken: Counter[str] = Counter()
        for _ in range(runs):
            *_, last = certify(Order(target, crm, deadline=DEADLINE))
            assert isinstance(last, RunFinished)
            verdicts[f"{last.certificate.verdict}, reached {last.certificate.reached}"] += 1
            failed = [v for v in last.certificate.verdicts if v.outcome == "failed" and v.clause.strength == "must"]
            broken.update(verdict.clause.id for verdict in failed)
        print(f"{target}: {dict(verdicts)}; broken: {dict(broken)}", flush=True)
        steady = steady and len(verdicts) == 1
    return 0 if steady else 1


if __name__ == "__main__":
    sys.exit(main())

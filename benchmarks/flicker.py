"""Certify connectors that are chosen for their races again and again: one outcome each, or it fails.

``python -m benchmarks.flicker [RUNS] [SCENARIO …]``; globs of scenarios make the runs shorter. An outcome is the
verdict, the level, and every broken clause with the scenarios in which it broke.
"""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.runner import certify

CHOSEN = (
    ("connectors/reference/clio.py", "clio"),
    ("connectors/reference/netsuite.py", "netsuite"),
    ("tests/correct/clio.looks_late.py", "clio"),
    ("tests/correct/clio.one_at_a_time.cjs", "clio"),
    ("tests/faulty/effect.cancelled.clio.stacked-slot.py", "clio"),
    ("tests/faulty/effect.cancelled.netsuite.stacked-event.py", "netsuite"),
    ("tests/faulty/safety.acts-as-the-caller.netsuite.stacked-user.cjs", "netsuite"),
    ("tests/faulty/truth.races-add-up.clio.shared-status.cjs", "clio"),
    ("tests/faulty/truth.success-is-backed.netsuite.fire-and-forget.py", "netsuite"),
)
"""References; one that works on after its answer, one that lines calls up; slots that are put back like a stack, with
three libraries; one that shares a variable between calls, one that never waits for an answer.
"""
DEADLINE = 12.0
SIDE_BY_SIDE = 2

Outcome = tuple[str, ...]


def outcome(found: Certificate) -> Outcome:
    """Return what must be the same in every run: the verdict, the level, what broke and where."""
    broken = {
        f"{verdict.clause.id} in {violation.scenario}" for verdict in found.verdicts for violation in verdict.violations
    }
    unjudged = {f"{verdict.clause.id} not judged" for verdict in found.verdicts if verdict.outcome == "errored"}
    return (found.verdict, found.reached, *sorted(broken | unjudged))


def certified(target: str, crm: str, scenarios: tuple[str, ...] = ()) -> Certificate:
    """Certify once."""
    *_, last = certify(RunConfig(target, crm, deadline=DEADLINE, scenarios=scenarios))
    assert isinstance(last, RunFinished)
    return last.certificate


def repeated(target: str, crm: str, runs: int, scenarios: tuple[str, ...]) -> Counter[Outcome]:
    """Return how often each outcome came."""
    return Counter(outcome(certified(target, crm, scenarios)) for _ in range(runs))


def told(name: str, outcomes: Counter[Outcome]) -> str:
    """Return a line of what was always so, and, where outcomes differ, one for each of them with the rest."""
    common = set.intersection(*map(set, outcomes))
    (usual, _), *others = outcomes.most_common()
    broken = sum(" in " in part for part in common)
    lines = [f"{name}: {usual[0]}, {len(outcomes)} outcome(s); {broken} clauses broken in a scenario each time"]
    if others:
        lines += [
            f"  {number} times: {sorted(set(each) - common) or 'nothing else'}" for each, number in outcomes.items()
        ]
    return "\n".join(lines)


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        found = list(pool.map(lambda chosen: repeated(chosen[0], chosen[1], runs, tuple(sys.argv[2:])), CHOSEN))
    for (target, _), outcomes in zip(CHOSEN, found, strict=True):
        print(told(target, outcomes))
    return 0 if all(len(outcomes) == 1 for outcomes in found) else 1


if __name__ == "__main__":
    sys.exit(main())

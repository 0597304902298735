"""Certification runs as tests use them, and what must come out of those of faulty and of correct connectors."""

from typing import Any

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.runner import certify
from tests.catalogue import Specimen

STRENGTH = {clause.id: clause.strength for clause in CLAUSES}
DEADLINES = {"lock-hangs": 3.0, "hangs": 0.4, "drips": 2.0, "repeats": 5.0}
"""Seconds that those faulty ones are waited for who would wait for ever."""
PATIENT = 30.0
"""Seconds for correct ones that wait twenty seconds; the others give up earlier."""


def certificate(target: str, crm: str, level: str = "documented", **more: Any) -> Certificate:
    """Run a certification to its end."""
    return run(Order(target, crm, level=level, **more))


def run(order: Order) -> Certificate:
    """Run what is ordered to its end."""
    *_, last = certify(order)
    assert isinstance(last, RunFinished)
    return last.certificate


def failed(found: Certificate, strength: str | None = None) -> dict[str, Verdict]:
    """Return the failed clauses by id, of one strength or of both."""
    wanted = [v for v in found.verdicts if v.outcome == "failed" and strength in (None, v.clause.strength)]
    return {verdict.clause.id: verdict for verdict in wanted}


def ordered(specimen: Specimen) -> Order:
    """Return the order for a connector: a faulty one where its bug shows, a correct one everywhere."""
    if specimen.clause is None:
        deadline = PATIENT if "twenty" in specimen.story else 12.0
    else:
        deadline = next((seconds for word, seconds in DEADLINES.items() if word in specimen.path.stem), 30.0)
    level = "documented" if specimen.clause and not specimen.situations else LEVELS[-1]
    return Order(
        specimen.target,
        specimen.crm,
        level=level,
        runtime=specimen.runtime,
        deadline=deadline,
        situations=specimen.situations,
    )


def wrong(specimen: Specimen, found: Certificate) -> str | None:
    """Say what is wrong with what was found in a connector, or return None.

    A faulty one is caught by its own clause: a broken must refuses the certificate, a broken should is advice. A correct
    one is certified; reference connectors get no advice either.
    """
    caught_already = specimen.clause in failed(
        found
    )  # who hangs again and again is called no more: the rest is not judged
    errored = [
        v.reason
        for v in found.verdicts
        if v.outcome == "errored" and not (caught_already and "not made" in str(v.reason))
    ]
    if errored:
        return f"could not be judged: {errored}"
    if specimen.clause is None:
        caught = failed(found, None if specimen.path.parent.name == "reference" else "must")
        return f"refused: {sorted(caught)}" if caught or found.reached != LEVELS[-1] else None
    if specimen.clause not in failed(found):
        return f"{specimen.clause} did not catch it, but {sorted(failed(found))}"
    expected = "not-certified" if STRENGTH[specimen.clause] == "must" else "certified"
    return f"{found.verdict}, not {expected}" if not specimen.situations and found.verdict != expected else None

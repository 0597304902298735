"""Certification runs as tests use them."""

from typing import Any

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.runner import certify


def certificate(target: str, crm: str, level: str = "documented", **more: Any) -> Certificate:
    """Run a certification to its end."""
    *_, last = certify(Order(target, crm, level=level, **more))
    assert isinstance(last, RunFinished)
    return last.certificate


def failed(found: Certificate, strength: str | None = None) -> dict[str, Verdict]:
    """Return the failed clauses by id, of one strength or of both."""
    wanted = [v for v in found.verdicts if v.outcome == "failed" and strength in (None, v.clause.strength)]
    return {verdict.clause.id: verdict for verdict in wanted}

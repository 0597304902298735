"""Certification: every situation played, every clause judged, as a stream of events. Prints nothing."""

import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.clauses.judge import NOT_CLAIMED, NOT_SELECTED, Verdict, judge
from greenroom.contracts.run.certificate import Certificate, Timing
from greenroom.contracts.run.events import CallTaken, ClauseJudged, Event, RunFinished, SituationPlayed
from greenroom.contracts.run.lanes import Lanes
from greenroom.contracts.run.order import Order
from greenroom.simulators import find_crm


def certify(order: Order) -> Iterator[Event]:
    """Certify a connector.

    Raises:
        LookupError: no such CRM.
        BridgeError: the connector cannot be reached.
        OrderError: it offers nothing that is judged.

    """
    started = time.perf_counter()
    crm, target = find_crm(order.crm), parse(order.target)
    lanes = Lanes(order, target, crm)
    played: list[SituationPlayed] = []
    for event in lanes.play():
        if isinstance(event, SituationPlayed):
            played.append(event)
        yield event
    yield from map(CallTaken, lanes.records)
    claimed = lanes.studio.bridge.loaded.interfaces
    verdicts: list[Verdict] = []
    calls = [Call(record) for record in lanes.records]
    for clause in order.clauses():
        verdicts.append(_verdict(clause, order, claimed, calls))
        yield ClauseJudged(verdicts[-1])
    seconds = time.perf_counter() - started
    args = (version("greenroom"), lanes.studio.identity(target), order.crm, order.level, order.seed, seconds)
    times = [Timing(e.id, e.title, e.lane, e.calls, e.seconds) for e in played]
    yield RunFinished(Certificate(*args, verdicts=verdicts, calls=lanes.records, played=times, partial=order.partial))


def _verdict(clause: Clause, order: Order, claimed: Sequence[str], calls: Sequence[Call]) -> Verdict:
    if not order.selects(clause):
        return Verdict(clause, "skipped", reason=NOT_SELECTED)
    if clause.interface not in claimed or (order.interfaces and clause.interface not in order.interfaces):
        return Verdict(clause, "skipped", reason=NOT_CLAIMED)
    return judge(clause, calls)

"""Certification: every scenario played, every clause judged, as a stream of events. Prints nothing."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.clauses.judge import NOT_CLAIMED, NOT_SELECTED, Verdict, judge
from greenroom.contracts.run.certificate import Certificate, Options, Selection, Timing, shown
from greenroom.contracts.run.events import CallTaken, ClauseJudged, Event, RunFinished, ScenarioPlayed
from greenroom.contracts.run.lanes import Lanes
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.seeding import seeded
from greenroom.contracts.run.waivers import apply
from greenroom.simulators import find_crm


def certify(order: Order) -> Generator[Event, None, None]:
    """Certify a connector; whoever may leave before the end closes it, so that everything is ended.

    Raises:
        LookupError: no such CRM.
        BridgeError: the connector cannot be reached.
        OrderError: it offers nothing that is judged.

    """
    started = time.perf_counter()
    crm, target, order = find_crm(order.crm), parse(order.target), seeded(order)
    lanes = Lanes(order, target, crm)
    played: dict[str, ScenarioPlayed] = {}
    for event in _played(lanes, order):
        if isinstance(event, ScenarioPlayed):
            played[event.id] = event
        yield event
    yield from map(CallTaken, lanes.records)
    identity = lanes.studio.identity(target)
    times = [Timing(e.id, e.title, e.lane, e.calls, e.seconds) for e in played.values()]
    certificate = judged(order, identity, lanes.records, times, time.perf_counter() - started)
    yield from map(ClauseJudged, certificate.verdicts)
    yield RunFinished(certificate)


def _played(lanes: Lanes, order: Order) -> Iterator[Event]:
    """Play every lane; then those again, alone, in which something broke while this machine was too busy."""
    yield from lanes.play()
    calls = [call for record in lanes.records if (call := Call(record)).starved]
    starved = {name for clause in order.clauses() for name in judge(clause, calls).starved}
    if starved:
        yield from lanes.again({scenario.lane for scenario in order.plays() if scenario.id in starved})


def judged(
    order: Order,
    target: Mapping[str, Any],
    records: Sequence[Mapping[str, Any]],
    played: Sequence[Timing],
    seconds: float,
    day: date | None = None,
    options: Options | None = None,
) -> Certificate:
    """Judge recorded calls and return the certificate.

    ``day`` is the run's (today), by which waivers expire; ``options`` are those of the order.
    """
    today = day or date.today()
    calls = [Call(record) for record in records]
    found = [_verdict(clause, order, target["interfaces"], calls) for clause in order.clauses()]
    verdicts, applied = apply(order.waivers, found, today)
    args = (version("greenroom"), target, order.crm, order.level, order.seed_in_use, seconds)
    chosen = Selection(order.only, order.scenarios, order.interfaces)
    had = options or Options(order.deadline, order.runtime, shown(order.env), order.waived_in)
    return Certificate(*args, verdicts, records, played, chosen, applied, today, order.isolated, had)


def _verdict(clause: Clause, order: Order, claimed: Sequence[str], calls: Sequence[Call]) -> Verdict:
    if not order.selects(clause):
        return Verdict(clause, "skipped", reason=NOT_SELECTED)
    if clause.interface not in claimed or (order.interfaces and clause.interface not in order.interfaces):
        return Verdict(clause, "skipped", reason=NOT_CLAIMED)
    return judge(clause, calls)

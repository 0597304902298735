"""Certification: every situation played, every clause judged, as a stream of events. Prints nothing."""

import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import LEVELS, Clause
from greenroom.contracts.clauses.judge import NOT_CLAIMED, NOT_SELECTED, Verdict, judge
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import CallTaken, ClauseJudged, Event, RunFinished, RunStarted, SituationPlayed
from greenroom.contracts.run.order import Order
from greenroom.contracts.run.studio import Studio, studio
from greenroom.contracts.situations import SITUATIONS
from greenroom.contracts.situations.situation import Situation
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
    with studio(order, target, crm) as ready:
        situations = _situations(order.level)
        yield RunStarted(target.name, order.crm, order.level, len(situations), ready.bridge.loaded.runtime)
        for situation in situations:
            yield _play(situation, ready)
        records = ready.stage.settle()
        claimed = ready.bridge.loaded.interfaces
        identity = ready.identity(target)
    yield from map(CallTaken, records)
    verdicts: list[Verdict] = []
    calls = [Call(record) for record in records]
    for clause in order.clauses():
        verdicts.append(_verdict(clause, order, claimed, calls))
        yield ClauseJudged(verdicts[-1])
    seconds = time.perf_counter() - started
    args = (version("greenroom"), identity, order.crm, order.level, order.seed, seconds)
    yield RunFinished(Certificate(*args, verdicts=verdicts, calls=records))


def _situations(level: str) -> list[Situation]:
    levels = LEVELS[: LEVELS.index(level) + 1]
    return [situation for situation in SITUATIONS if situation.level in levels]


def _play(situation: Situation, ready: Studio) -> SituationPlayed:
    started, before = time.perf_counter(), ready.stage.calls
    ready.stage.enter(situation.id)
    situation.play(ready.stage)
    return SituationPlayed(situation.id, situation.title, ready.stage.calls - before, time.perf_counter() - started)


def _verdict(clause: Clause, order: Order, claimed: Sequence[str], calls: Sequence[Call]) -> Verdict:
    if not order.selects(clause):
        return Verdict(clause, "skipped", reason=NOT_SELECTED)
    if clause.interface not in claimed or (order.interfaces and clause.interface not in order.interfaces):
        return Verdict(clause, "skipped", reason=NOT_CLAIMED)
    return judge(clause, calls)

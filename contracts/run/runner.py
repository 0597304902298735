"""Certification: play every scenario, judge every clause, yield events. Prints nothing."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.clauses.judge import NOT_SELECTED, Verdict, judge
from greenroom.contracts.harness.garbage import SELDOM
from greenroom.contracts.run.certificate import Certificate, Options, Requirements, ScenarioPlayed, Selection, shown
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.run.lanes import Lanes
from greenroom.contracts.run.seeding import seeded
from greenroom.contracts.run.waivers import apply
from greenroom.simulators import find_crm


def certify(config: RunConfig) -> Generator[Event, None, None]:
    """Certify a connector. A caller that may stop early must close the generator, which ends everything.

    Raises:
        LookupError: no such CRM.
        BridgeError: the connector cannot be reached.
        ConfigError: it exports no interface that is judged.

    """
    started = time.perf_counter()
    crm, target, config = find_crm(config.crm), parse(config.target), seeded(config)
    lanes = Lanes(config, target, crm)
    played: dict[tuple[str, str], ScenarioPlayed] = {}
    with SELDOM:
        for event in _played(lanes, config):
            if isinstance(event, ScenarioPlayed):
                played[event.interface, event.id] = event
            yield event
        identity = lanes.testbed.identity(target)
        certificate = judged(config, identity, lanes.records, list(played.values()), time.perf_counter() - started)
    yield RunFinished(certificate)


def _played(lanes: Lanes, config: RunConfig) -> Iterator[Event]:
    """Play every lane. Then play again in real time what broke in virtual time, unless that is to count. Then play
    again, alone, in which a promise broke while this machine was too busy.
    """
    yield from lanes.play()
    if config.time != "virtual" and (broken := _broken(lanes, config) & lanes.virtual):
        yield from lanes.again(broken, alone=False)
    calls = [call for record in lanes.records if (call := Call(record)).starved]
    starved = {name for clause in config.clauses() for name in judge(clause, calls).starved}
    if names := {scenario.lane for scenario in config.plays() if scenario.id in starved}:
        yield from lanes.again(names, alone=True)


def _broken(lanes: Lanes, config: RunConfig) -> set[str]:
    """Return the lanes that were played in virtual time, and in which a promise broke, advice too."""
    lane = {scenario.id: scenario.lane for scenario in config.plays()}
    calls = [Call(record) for record in lanes.records if lane[record["scenario"]] in lanes.virtual]
    return {lane[name] for clause in config.clauses() for name in _accused(judge(clause, calls))}


def _accused(verdict: Verdict) -> set[str]:
    """Return the scenarios in which a promise broke, also while this machine was too busy."""
    return {*verdict.starved, *(violation.scenario for violation in verdict.violations)}


def judged(
    config: RunConfig,
    target: Mapping[str, Any],
    records: Sequence[Mapping[str, Any]],
    played: Sequence[ScenarioPlayed],
    seconds: float,
    day: date | None = None,
    options: Options | None = None,
) -> Certificate:
    """Judge recorded calls and return the certificate.

    ``day`` is the day of the run (today): waivers expire by it. ``options`` are those of the order.
    """
    today = day or date.today()
    calls = [Call(record) for record in records]
    found = _verdicts(config, calls, config.judged(target["interfaces"]))
    verdicts, applied = apply(config.waivers, found, today)
    args = (version("greenroom"), target, config.crm, config.level, config.seed_in_use, seconds)
    chosen = Selection(config.only, config.scenarios, config.interfaces, config.shards)
    had = options or Options(config.deadline, config.runtime, shown(config.env), config.waived_in, config.time)
    return Certificate(
        *args, verdicts, records, played, chosen, applied, today, config.isolated, had, None, _set(config, played)
    )


def unjudged(config: RunConfig, failure: str) -> Certificate:
    """Return the certificate of a connector that could not be judged at all, with the reason."""
    target = {"name": config.target, "digest": "unknown", "runtime": "", "interfaces": []}
    args = (version("greenroom"), target, config.crm, config.level, config.seed_in_use, 0.0, (), ())
    had = Options(config.deadline, config.runtime, shown(config.env), config.waived_in, config.time)
    chosen = Selection(config.only, config.scenarios, config.interfaces, config.shards)
    return Certificate(
        *args, selection=chosen, isolated=config.isolated, options=had, failure=failure, requirements=_set(config, ())
    )


def _set(config: RunConfig, played: Sequence[ScenarioPlayed]) -> Requirements:
    later = dict.fromkeys(each.id for each in played if each.id not in config.set.scenarios)
    return Requirements(config.set.name, config.set.digest, tuple(later))


def _verdicts(config: RunConfig, calls: Sequence[Call], names: Sequence[str]) -> list[Verdict]:
    """Judge each clause by the calls of each interface; what the set scores, by those of its scenarios."""
    found, scenarios = [], {*config.set.scenarios}
    for name in names:
        own = [call for call in calls if call.interface.name == name]
        asked = {True: [call for call in own if call.scenario in scenarios], False: own}
        found += [_verdict(clause, name, config, asked) for clause in config.clauses(name)]
    return found


def _verdict(clause: Clause, interface: str, config: RunConfig, calls: Mapping[bool, Sequence[Call]]) -> Verdict:
    if not config.selects(clause):
        return Verdict(clause, "skipped", reason=NOT_SELECTED, interface=interface)
    scored = config.set.scores(clause, interface)
    return replace(judge(clause, calls[scored], interface), scored=scored)

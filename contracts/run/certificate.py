"""The result of a run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from greenroom.contracts.clauses.judge import Verdict, blocks, reached
from greenroom.contracts.run.waivers import Applied


@dataclass(frozen=True)
class Timing:
    """Where time went: a situation, the lane (process) in which it was played, its calls, its seconds."""

    id: str
    title: str
    lane: str
    calls: int
    seconds: float


@dataclass(frozen=True)
class Orders:
    """Orders of two calls' requests: how many were played, and in how many of them no must is broken: what was said
    and what happened there is explained by some order of the calls themselves, one after the other.
    """

    played: int
    explained: int


@dataclass(frozen=True)
class Selection:
    """What was chosen: globs of clauses and situations, names of interfaces; empty where everything was."""

    only: Sequence[str] = ()
    situations: Sequence[str] = ()
    interfaces: Sequence[str] = ()


@dataclass(frozen=True)
class Certificate:
    """The result of one run: what was certified, how each clause fared, and the calls that it rests on."""

    version: str
    target: Mapping[str, Any]
    crm: str
    level: str
    seed: int
    seconds: float
    verdicts: Sequence[Verdict]
    calls: Sequence[Mapping[str, Any]]
    played: Sequence[Timing] = ()
    selection: Selection = field(default_factory=Selection)
    waivers: Sequence[Applied] = ()
    day: date = field(default_factory=date.today)
    isolated: bool = False

    @property
    def partial(self) -> bool:
        """Whether some clauses or situations were left out: such a run is no certificate."""
        return bool(self.selection.only or self.selection.situations)

    @cached_property
    def passes(self) -> bool:
        """Whether everything was judged, and nothing is broken but what is waived: what CI wants to know."""
        broken = any(v.outcome == "failed" and v.clause.strength == "must" for v in self.verdicts)
        wrong = broken or self.verdict == "errored" or any(applied.problem for applied in self.waivers)
        return not wrong and not self.partial and bool(self.calls)

    @cached_property
    def reached(self) -> str:
        """The highest level whose musts all hold, ``none`` where not even the first, or where not all was played."""
        return "none" if self.partial else reached(self.verdicts, self.level)

    @cached_property
    def verdict(self) -> str:
        """``not-certified`` where a must failed, was waived or left out, else ``errored`` where one was not judged."""
        musts = [v for v in self.verdicts if v.clause.strength == "must"]
        if any(v.outcome == "failed" for v in musts):
            return "not-certified"
        if any(v.outcome == "errored" for v in self.verdicts):
            return "errored"
        if (
            self.partial
            or any(applied.problem for applied in self.waivers)
            or any(blocks(v) for v in musts)
            or not self.calls
        ):
            return "not-certified"
        return "certified"

    @cached_property
    def orders(self) -> Orders:
        """The orders of requests at the same time; each was that of two calls, one recorded after the other."""
        raced = [(c["situation"], c["step"]) for c in self.calls if "order" in c["variant"]]
        wrong = {
            (violation.situation, violation.evidence["step"])
            for verdict in self.verdicts
            if verdict.clause.strength == "must"
            for violation in (*verdict.violations, *verdict.waived)
        }
        pairs = [set(raced[place : place + 2]) for place in range(0, len(raced), 2)]
        return Orders(len(pairs), sum(not pair & wrong for pair in pairs))

    def counts(self) -> dict[str, int]:
        """Return how many clauses had each outcome; a failed should counts as advice."""
        counts = dict.fromkeys(("passed", "failed", "advice", "skipped", "waived", "errored"), 0)
        for verdict in self.verdicts:
            advice = verdict.outcome == "failed" and verdict.clause.strength == "should"
            counts["advice" if advice else verdict.outcome] += 1
        return counts

    def report(self) -> dict[str, Any]:
        """Return the report as ``schemas/report.json`` describes it."""
        return {
            "greenroom": self.version,
            "target": dict(self.target),
            "crm": self.crm,
            "level": self.level,
            "verdict": self.verdict,
            "reached": self.reached,
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "counts": self.counts(),
            "day": self.day.isoformat(),
            "isolated": self.isolated,
            "selection": {name: list(globs) for name, globs in asdict(self.selection).items()},
            "waivers": [_waiver(applied) for applied in self.waivers],
            "orders": asdict(self.orders),
            "situations": [{**asdict(timing), "seconds": round(timing.seconds, 3)} for timing in self.played],
            "clauses": [_clause(verdict) for verdict in self.verdicts],
            "calls": list(self.calls),
        }


def _waiver(applied: Applied) -> dict[str, Any]:
    told = {**asdict(applied.waiver), "expires": applied.waiver.expires.isoformat(), "used": applied.used}
    return {**told, "problem": applied.problem}


def _clause(verdict: Verdict) -> dict[str, Any]:
    clause = verdict.clause
    reason = {"reason": verdict.reason} if verdict.reason else {}
    return {
        "id": clause.id,
        "title": clause.title,
        "interface": clause.interface,
        "level": clause.level,
        "strength": clause.strength,
        "outcome": verdict.outcome,
        **reason,
        "source": asdict(clause.source),
        "judged": verdict.judged,
        "violations": [asdict(violation) for violation in verdict.violations],
    }

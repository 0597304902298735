"""The result of a run."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from greenroom.contracts.clauses.judge import NOT_SELECTED, Verdict, blocks, reached
from greenroom.contracts.harness.orders import MORE_ORDERS
from greenroom.contracts.harness.testbed import DEADLINE
from greenroom.contracts.run.waivers import Applied

VERSION = 2
"""Of the report's form."""


@dataclass(frozen=True)
class ScenarioPlayed:
    """A scenario that was played: its id, title and lane (process), its calls, its seconds, the interface called."""

    id: str
    title: str
    lane: str
    calls: int
    seconds: float
    interface: str


@dataclass(frozen=True)
class Orders:
    """Orders of the requests of two concurrent calls.

    ``played``: the number of orders. ``explained``: those in which no must is broken. In these, running the calls one
    after the other explains the results and the state. ``limited``: scenarios with more orders than are played.
    """

    played: int
    explained: int
    limited: int = 0


@dataclass(frozen=True)
class Selection:
    """The selection: globs of clauses and scenarios, names of interfaces, shards. Empty means everything."""

    only: Sequence[str] = ()
    scenarios: Sequence[str] = ()
    interfaces: Sequence[str] = ()
    shards: Sequence[str] = ()


SECRET = re.compile(r"secret|token|passw|pwd|key|auth|credential|cookie|session|private|signature", re.IGNORECASE)
"""Names of variables with values that no report shows."""
HIDDEN = re.compile(r"://[^/]*@|[\w+=~-]{20,}")
"""Values that no report shows, whatever the name: an address with a password, a possible token."""


@dataclass(frozen=True)
class Options:
    """Further options of the run, beside those in the certificate itself.

    ``env`` has the variables that were set. A value that may be secret is None.
    """

    deadline: float = DEADLINE
    runtime: Sequence[str] = ()
    env: Mapping[str, str | None] = field(default_factory=dict)
    waivers: str | None = None
    time: str = "real"


def shown(env: Mapping[str, str]) -> dict[str, str | None]:
    """Return variables without values that may be secret."""
    return {name: None if SECRET.search(name) or HIDDEN.search(value) else value for name, value in env.items()}


@dataclass(frozen=True)
class Requirements:
    """The requirement set of a run: its name and digest, and the scenarios that were played though it lacks them."""

    name: str
    digest: str
    unscored: Sequence[str] = ()


@dataclass(frozen=True)
class Certificate:
    """The result of one run: the connector, the verdict of each clause, and the calls behind them."""

    version: str
    target: Mapping[str, Any]
    crm: str
    level: str
    seed: int
    seconds: float
    verdicts: Sequence[Verdict]
    calls: Sequence[Mapping[str, Any]]
    played: Sequence[ScenarioPlayed] = ()
    selection: Selection = field(default_factory=Selection)
    waivers: Sequence[Applied] = ()
    day: date = field(default_factory=date.today)
    isolated: bool = False
    options: Options = field(default_factory=Options)
    failure: str | None = None
    """Why the connector could not be judged at all."""
    requirements: Requirements | None = None

    def __repr__(self) -> str:
        return f"<Certificate of {self.target.get('name')} on {self.crm}: {self.verdict}, reached {self.reached}>"

    def __str__(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self.counts().items() if number)
        broken = [v for v in self.scored if v.outcome == "failed" and v.clause.strength == "must"]
        lines = [f"BROKEN {v.clause.id} ({v.interface}): {v.clause.title}" for v in broken]
        head = f"{self.target.get('name')} on {self.crm}: {self.verdict}, reached {self.reached} of {self.level}"
        return "\n".join((head, counts, *lines))

    @property
    def partial(self) -> bool:
        """Whether some clauses or scenarios were left out. Such a run is no certificate."""
        return bool(self.selection.only or self.selection.scenarios or self.selection.shards)

    @cached_property
    def scored(self) -> tuple[Verdict, ...]:
        """The verdicts that count: those on clauses of the requirement set."""
        return tuple(verdict for verdict in self.verdicts if verdict.scored)

    @cached_property
    def passes(self) -> bool:
        """Whether everything was judged, and every broken promise is waived. CI needs this."""
        broken = any(v.outcome == "failed" and v.clause.strength == "must" for v in self.scored)
        wrong = broken or self.verdict == "errored" or any(applied.problem for applied in self.waivers)
        return not wrong and bool(self.calls)

    @cached_property
    def reached(self) -> str:
        """The highest level with all musts kept. ``none``: not even the first, or not everything was played."""
        return "none" if self.partial or self.failure or self.vacuous else reached(self.scored, self.level)

    @cached_property
    def interfaces(self) -> tuple[str, ...]:
        """The interfaces that were judged."""
        return tuple(dict.fromkeys(verdict.interface for verdict in self.verdicts if verdict.interface))

    @cached_property
    def reached_by(self) -> dict[str, str]:
        """The highest level that each interface reaches by itself."""
        own = {name: [v for v in self.scored if v.interface == name] for name in self.interfaces}
        judged = {name: any(verdict.judged for verdict in found) and not self.partial for name, found in own.items()}
        return {name: reached(found, self.level) if judged[name] else "none" for name, found in own.items()}

    @cached_property
    def verdict(self) -> str:
        """``not-certified`` if a must failed or was waived, else ``errored`` if one could not be judged.

        A selection that passes is no certificate: ``holds``. A run without anything to judge is ``errored``.
        """
        musts = [v for v in self.scored if v.clause.strength == "must" and v.reason != NOT_SELECTED]
        if any(v.outcome == "failed" for v in musts):
            return "not-certified"
        if self.failure or any(v.outcome == "errored" for v in self.scored) or self.vacuous:
            return "errored"
        if any(applied.problem for applied in self.waivers) or any(blocks(v) for v in musts) or not self.calls:
            return "not-certified"
        return "holds" if self.partial else "certified"

    @property
    def vacuous(self) -> bool:
        """Whether nothing was judged: no call was a case of the selected clauses, or of any that counts."""
        if self.partial:
            return not any(verdict.judged for verdict in self.verdicts)
        return bool(self.calls) and not any(verdict.judged for verdict in self.scored)

    @cached_property
    def orders(self) -> Orders:
        """The orders of concurrent requests. Each belongs to two calls, recorded one after the other."""
        raced = [(c["scenario"], c["step"]) for c in self.calls if "order" in c["variant"]]
        wrong = {
            (violation.scenario, violation.evidence["step"])
            for verdict in self.verdicts
            if verdict.clause.strength == "must"
            for violation in (*verdict.violations, *verdict.waived)
        }
        pairs = [set(raced[place : place + 2]) for place in range(0, len(raced), 2)]
        limited = {call["scenario"] for call in self.calls if MORE_ORDERS in call["variant"]}
        return Orders(len(pairs), sum(not pair & wrong for pair in pairs), len(limited))

    def counts(self) -> dict[str, int]:
        """Return the number of clauses for each outcome. A failed should counts as advice."""
        counts = dict.fromkeys(("passed", "failed", "advice", "skipped", "waived", "errored"), 0)
        for verdict in self.scored:
            advice = verdict.outcome == "failed" and verdict.clause.strength == "should"
            counts["advice" if advice else verdict.outcome] += 1
        return counts

    def report(self) -> dict[str, Any]:
        """Return the report as ``schemas/report.json`` describes it."""
        return {
            "version": VERSION,
            "greenroom": self.version,
            "target": dict(self.target),
            "crm": self.crm,
            "level": self.level,
            **({"set": _set(self.requirements)} if self.requirements else {}),
            "verdict": self.verdict,
            **({"failure": self.failure} if self.failure else {}),
            "reached": self.reached,
            "interfaces": [{"name": name, "reached": level} for name, level in self.reached_by.items()],
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "counts": self.counts(),
            "day": self.day.isoformat(),
            "isolated": self.isolated,
            "options": {**asdict(self.options), "runtime": list(self.options.runtime)},
            "selection": {name: list(globs) for name, globs in asdict(self.selection).items()},
            "waivers": [_waiver(applied) for applied in self.waivers],
            "orders": asdict(self.orders),
            "scenarios": [{**asdict(timing), "seconds": round(timing.seconds, 3)} for timing in self.played],
            "clauses": [_clause(verdict) for verdict in self.verdicts],
            "calls": list(self.calls),
        }


def written(report: Mapping[str, Any]) -> str:
    """Return a report as its file holds it. A certificate names the digest of exactly this."""
    return json.dumps(report, indent=2) + "\n"


def _set(requirements: Requirements) -> dict[str, Any]:
    return {**asdict(requirements), "unscored": list(requirements.unscored)}


def _waiver(applied: Applied) -> dict[str, Any]:
    fields = {**asdict(applied.waiver), "expires": applied.waiver.expires.isoformat(), "used": applied.used}
    return {**fields, "problem": applied.problem}


def _clause(verdict: Verdict) -> dict[str, Any]:
    clause, source = verdict.clause, verdict.source
    reason = {"reason": verdict.reason} if verdict.reason else {}
    return {
        "id": clause.id,
        "title": clause.title,
        "interface": verdict.interface,
        "level": clause.level,
        "strength": clause.strength,
        "outcome": verdict.outcome,
        **({} if verdict.scored else {"scored": False}),
        **reason,
        "source": {"kind": source.kind, "text": source.text, "url": source.url},
        "judged": verdict.judged,
        "seconds": round(verdict.seconds, 3),
        "violations": [asdict(violation) for violation in verdict.violations],
    }

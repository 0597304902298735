"""What happens in a run, in order. Reports listen to these and to nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.run.certificate import Certificate


@dataclass(frozen=True)
class RunStarted:
    """The connector is loaded and the fake CRM is up."""

    target: str
    crm: str
    level: str
    scenarios: int
    runtime: str
    seed: int = 0


@dataclass(frozen=True)
class ScenarioPlayed:
    """A scenario was played: its id, its title, its lane, its calls so far incomplete, its seconds."""

    id: str
    title: str
    lane: str
    calls: int
    seconds: float


@dataclass(frozen=True)
class StillPlaying:
    """Nothing was heard for a while: the scenarios that are being played, and the seconds since the run began."""

    scenarios: Sequence[str]
    seconds: float


@dataclass(frozen=True)
class ClauseJudged:
    """A clause was judged on all calls."""

    verdict: Verdict


@dataclass(frozen=True)
class CallTaken:
    """A call is recorded, complete."""

    record: Mapping[str, Any]


@dataclass(frozen=True)
class RunFinished:
    """The certificate."""

    certificate: Certificate


Event = RunStarted | ScenarioPlayed | StillPlaying | CallTaken | ClauseJudged | RunFinished

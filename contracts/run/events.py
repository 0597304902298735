"""What happens in a run, in order. Reports listen to these and to nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.contracts.run.certificate import Certificate, ScenarioPlayed


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
class StillPlaying:
    """Nothing was heard for a while: the scenarios that are being played, and the seconds since the run began."""

    scenarios: Sequence[str]
    seconds: float


@dataclass(frozen=True)
class RunFinished:
    """The certificate."""

    certificate: Certificate


Event = RunStarted | ScenarioPlayed | StillPlaying | RunFinished

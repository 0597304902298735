"""The events of a run, in order. Reports use only these events."""

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
    interfaces: Sequence[str] = ()


@dataclass(frozen=True)
class StillPlaying:
    """No event came for a while: the running scenarios, and the seconds since the run began."""

    scenarios: Sequence[str]
    seconds: float


@dataclass(frozen=True)
class RunFinished:
    """The certificate."""

    certificate: Certificate


Event = RunStarted | ScenarioPlayed | StillPlaying | RunFinished

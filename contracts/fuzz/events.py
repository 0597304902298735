"""What happens in a fuzz or a replay, in order. Reports listen to these and to nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.contracts.fuzz.cells import Cells
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.play import Broken, Timings
from greenroom.contracts.fuzz.story import Story

INTERRUPTED = "interrupted"
"""Why a fuzz stopped, where somebody wanted it to."""
LOST = "the scheduler was lost"
"""Why a fuzz on a cluster stopped, where nobody hands out work any more."""


@dataclass(frozen=True)
class FuzzStarted:
    """The connector is loaded; ``kept`` stories of earlier failures are played first."""

    target: str
    crm: str
    runtime: str
    kept: int


@dataclass(frozen=True)
class Replayed:
    """A story was played in a fresh process; ``broken`` is None where all held.

    ``place`` is where it is stored; one that was just found is told before it is.
    """

    story: Story
    broken: Broken | None
    place: str = ""


@dataclass(frozen=True)
class Kept:
    """The story that was told last is stored at ``place``, unless there was a ``problem``."""

    place: str
    problem: str = ""


@dataclass(frozen=True)
class Explored:
    """How far it is: examples, judged calls, and the seconds since it began."""

    examples: int
    calls: int
    seconds: float


@dataclass(frozen=True)
class Suspected:
    """A story failed, in a fresh process too; it is going to be made as short as can be."""

    story: Story
    broken: Broken


@dataclass(frozen=True)
class Doubted:
    """A story failed in the process as it was and held in a fresh one; it is played again with what came before."""

    broken: Broken


@dataclass(frozen=True)
class Result:
    """What came of a fuzz.

    ``found`` are failures, each confirmed in fresh processes. ``unsteady`` counts stories that failed once and held
    when they were played again from nothing. ``coverage`` and ``timings`` say what was covered and where time went;
    ``stopped`` why it ended before its time, if it did. ``identity`` has the connector's ``digest`` and ``runtime``,
    ``run`` the other options, ``shards`` the parts that it holds (empty: it is whole). ``errored`` says of parts of
    it that could not be played why. ``cells`` is the coverage in all its dimensions.
    """

    target: str
    crm: str
    seed: int
    examples: int = 0
    calls: int = 0
    seconds: float = 0.0
    found: tuple[Replayed, ...] = ()
    unsteady: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    timings: Timings = field(default_factory=Timings)
    stopped: str | None = None
    identity: Mapping[str, str] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)
    shards: tuple[str, ...] = ()
    errored: tuple[str, ...] = ()
    cells: Cells = field(default_factory=Cells)


@dataclass(frozen=True)
class FuzzFinished:
    """The result."""

    result: Result


Event = FuzzStarted | Replayed | Kept | Explored | Suspected | Doubted | FuzzFinished

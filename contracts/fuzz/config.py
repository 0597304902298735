"""What a fuzz is asked to do, and where its failures are kept."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.play import EXPLAINED
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.shard import WHOLE, Shard

KEPT = Path(".greenroom")
"""Where failures are kept, below the working directory."""
MOST = 1_000_000
"""Examples: as good as no limit, where only the time is limited."""


@dataclass(frozen=True)
class FuzzConfig:
    """One fuzz: the connector and how it runs (``run``), how many stories (``examples``) of how many ``steps``.

    ``seconds`` bounds the time (None: no bound), ``jobs`` is the number of processes; ``folder`` keeps what was found.
    ``shrinking`` are the seconds in which Hypothesis makes a failure short. With a ``shard`` this is one part of the
    fuzz: its stories follow from the seed and the shard alone. ``part`` is what one of its processes plays.

    Raises:
        ConfigError: a number that cannot be.

    """

    run: RunConfig
    examples: int = 200
    steps: int = 10
    seconds: float | None = None
    jobs: int = 1
    folder: Path = KEPT
    shrinking: float = 5.0
    shard: Shard = WHOLE
    part: Shard = WHOLE

    def __post_init__(self) -> None:
        bounds = {"--examples": self.examples, "--steps": self.steps, "--jobs": self.jobs}
        for name, value in bounds.items():
            if value < 1:
                raise ConfigError(f"{name} {value} cannot be; use 1 or more")
        if self.seconds is not None and not self.seconds > 0:
            raise ConfigError(f"--seconds {self.seconds:g} cannot be; use more than 0")
        if not self.own:
            raise ConfigError(f"shard {self.shard} has no story to play; use --examples {self.shard.of} or more")

    @property
    def own(self) -> int:
        """How many stories this shard plays, or this process of it."""
        return self.part.count(self.shard.count(self.examples))

    def shares(self) -> "list[FuzzConfig]":
        """Return what each process is to do; together they play as many stories as were asked for."""
        parts = [Shard(number + 1, self.jobs) for number in range(self.jobs)]
        return [replace(self, part=part, jobs=1) for part in parts if part.count(self.own)]

    @property
    def options(self) -> dict[str, Any]:
        """The options that decide which stories are played, and how they are judged."""
        named = {"level": self.run.level, "deadline": self.run.deadline, "only": list(self.run.only)}
        return {**named, "steps": self.steps, "examples": self.examples, "interfaces": list(self.run.interfaces)}

    def clauses(self) -> list[Clause]:
        """Return the clauses that may break a story: every must, or those that ``--only`` keeps, advice too."""
        wanted = [clause for clause in (*self.run.clauses(), EXPLAINED) if self.run.selects(clause)]
        return [clause for clause in wanted if clause.strength == "must" or self.run.only]

    @property
    def name(self) -> str:
        """A name for files about this connector on this CRM: its own file's, and a mark of where that lies."""
        path, _, attribute = self.run.target.partition(":")
        stem = re.sub(r"[^\w.-]", "_", Path(path).name)
        mark = hashlib.sha256(f"{path}:{attribute}".encode()).hexdigest()[:6]
        return f"{self.run.crm}-{stem}-{mark}"

    @property
    def stories(self) -> Path:
        """The folder of this connector's stories."""
        return self.folder / "stories" / self.name

    @property
    def choices(self) -> Path | None:
        """The folder in which Hypothesis keeps the choices that led to failures; a shard begins without them."""
        return self.folder / "choices" / self.name if self.shard == WHOLE else None

"""A standing campaign: what was played by now, and what is left. It can be ended anywhere, and goes on from there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.campaign.plan import Part, Plan
from greenroom.contracts.campaign.state import State
from greenroom.contracts.cluster.alike import Alike
from greenroom.contracts.cluster.engine import Answer, Engine, Pool, SchedulerLostError
from greenroom.contracts.fuzz.cells import Cell, Cells
from greenroom.contracts.fuzz.events import LOST, Replayed, Result
from greenroom.contracts.fuzz.results import restored
from greenroom.contracts.fuzz.stopping import Stop

Found = tuple[str, str, str]
"""A connector, a CRM, and the clause that broke there."""


@dataclass
class Row:
    """How far one connector is on one CRM."""

    target: str
    crm: str
    parts: int = 0
    played: int = 0
    stories: int = 0
    calls: int = 0
    unsteady: int = 0
    cells: set[Cell] = field(default_factory=set)


class Standing:
    """One campaign, with everything that was played of it, in this process or in earlier ones."""

    def __init__(self, plan: Plan, state: State) -> None:
        self.plan, self._state = plan, state
        self.rows = {part.pair: Row(*part.pair) for part in plan.parts}
        self.cells = Cells()
        self.found: dict[Found, Replayed] = {}
        self.errored: dict[str, str] = {}
        self.stopped: str | None = None
        self._done: set[str] = set()
        for part in plan.parts:
            self.rows[part.pair].parts += 1
        kept = state.load()
        known = {part.key: part for part in plan.parts}
        self.others = len(kept.keys() - known.keys())
        for key in known.keys() & kept.keys():
            self._count(known[key], kept[key]["result"])

    def _count(self, part: Part, document: Mapping[str, Any]) -> None:
        """Count a part that was played; each is counted once, by its key."""
        result, row = restored(document), self.rows[part.pair]
        self._done.add(part.key)
        row.played += 1
        row.stories += result.examples
        row.calls += result.calls
        row.unsteady += result.unsteady
        row.cells |= set(result.cells)
        self.cells.update(result.cells)
        self._note(part, result)

    def _note(self, part: Part, result: Result) -> None:
        """Note what was found: of each clause that a connector broke, the shortest story."""
        for found in result.found:
            key = (*part.pair, str(found.story.clause))
            known = self.found.get(key)
            if known is None or len(found.story.steps) < len(known.story.steps):
                self.found[key] = found

    @property
    def left(self) -> list[Part]:
        """The parts that are left to play."""
        return [part for part in self.plan.parts if part.key not in self._done]

    @property
    def missing(self) -> Sequence[Cell]:
        """The cells that were not reached."""
        return self.plan.space.missing(self.cells)

    @property
    def wrong(self) -> Sequence[Cell]:
        """The cells that were left out, and yet reached."""
        return self.plan.space.wrong(self.cells)

    def total(self, name: str) -> int:
        """Return the sum of a number of all rows."""
        return sum(int(getattr(row, name)) for row in self.rows.values())

    def play(self, pool: Pool, stop: Stop) -> Iterator[Part]:
        """Play what is left, and yield each part once it is kept, or could not be played.

        Raises:
            ClusterError: there is no worker, or they are not alike.

        """
        parts = {part.key: part for part in self.left}
        alike = Alike({target: parse(target).digest for target in self.plan.targets})
        try:
            for answer in Engine(pool, (part.unit for part in parts.values()), stop.is_set).answers():
                part = parts[answer.unit.name]
                self._take(part, answer, alike)
                yield part
        except SchedulerLostError:
            self.stopped = LOST

    def _take(self, part: Part, answer: Answer, alike: Alike) -> None:
        if problem := answer.problem or answer.document.get("refused"):
            target, crm = part.pair
            self.errored[part.key] = f"{target} on {crm}, day {part.day}, part {part.config.part}: {problem}"
            return
        document = answer.document["document"]
        alike.check(Answer(answer.unit, answer.worker, document))
        self._count(part, self._state.keep(part, document)["result"])

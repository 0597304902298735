"""The same call on two CRMs, and a difference between them that is allowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from greenroom.contracts.clauses.call import Call


@dataclass(frozen=True)
class Observation:
    """What one call came to, whatever the CRM: what was said, and how the appointment stood before and afterwards."""

    said: str
    before: str
    after: str
    call: Call

    @property
    def abstract(self) -> tuple[str, str]:
        """What must agree."""
        return self.said, self.after

    @property
    def logged_in(self) -> bool:
        """Whether the connector asked the CRM for a new credential."""
        return any(map(self.call.logs_in, self.call.journal))

    @property
    def fired(self) -> set[str]:
        """The faults that fired on its requests."""
        return {entry["fault"] for entry in self.call.entries if entry["fault"]}


@dataclass(frozen=True)
class Pair:
    """The same call of a story on two CRMs; ``step`` counts from one."""

    step: int
    one: Observation
    other: Observation

    @property
    def both(self) -> tuple[Observation, Observation]:
        """What it came to on each."""
        return self.one, self.other

    @property
    def agrees(self) -> bool:
        """Whether the users of both experience the same."""
        return self.one.abstract == self.other.abstract

    @property
    def told_apart(self) -> bool:
        """Whether it failed where what is over leaves no record, and succeeded where one is kept."""
        said = {bool(each.call.crm["marks"]): each.said for each in self.both}
        return said == {False: "failure", True: "success"}


@dataclass(frozen=True)
class Difference:
    """A difference that is allowed. ``users`` are what it means for those of each CRM, by the CRM's name."""

    id: str
    when: Callable[[Pair], bool]
    title: str
    users: Mapping[str, str]
    why: str

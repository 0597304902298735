"""The same call on two CRMs, and a difference between them that is allowed."""

from collections.abc import Callable
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
    def agrees(self) -> bool:
        """Whether the users of both experience the same."""
        return self.one.abstract == self.other.abstract

    @property
    def told_apart(self) -> bool:
        """Whether it failed where what is over leaves no record, and succeeded where one is kept."""
        said = {bool(each.call.crm["marks"]): each.said for each in (self.one, self.other)}
        return said == {False: "failure", True: "success"}


@dataclass(frozen=True)
class Difference:
    """A difference that is allowed, and what it means for the users of each CRM."""

    id: str
    when: Callable[[Pair], bool]
    title: str
    clio: str
    netsuite: str
    why: str

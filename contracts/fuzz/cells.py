"""Cells of coverage: each is one kind of call, by all that is known to matter to it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.fuzz.coverage import NO_FAULT, circumstance, circumstances, outcome
from greenroom.simulators.core.faults import FAULTS

ALONE, FIRST, LAST = "alone", "first", "last"
"""Orders: no other call at the same time, or one that responds later, or earlier."""
AT_ONCE = "two at once"
NO_STAGE = "none"
OUTCOMES = ("success", "failure", "unclear")


class Cell(NamedTuple):
    """One kind of call: in which circumstance, under which fault at which stage, with which outcome, in which order
    with another one, of which interface.
    """

    circumstance: str
    fault: str
    stage: str
    outcome: str
    order: str
    interface: str

    def __str__(self) -> str:
        fault = f"{self.fault} at {self.stage}" if self.stage != NO_STAGE else self.fault
        return f"{self.interface}: {self.circumstance}, {fault}, {self.order}, {self.outcome}"


class Cells(Counter[Cell]):
    """Calls by cell."""

    def count(self, call: Call) -> None:
        """Count a call, once for each fault that fired on it."""
        fired = {entry["fault"] for entry in call.entries if entry["fault"]}
        for fault in fired or {f"{NO_FAULT}@{NO_STAGE}"}:
            name, _, stage = fault.partition("@")
            at = (circumstance(call), name.partition("=")[0], stage or NO_STAGE)
            self[Cell(*at, outcome(call), order(call), call.interface.name)] += 1


def order(call: Call) -> str:
    """Say whether a call responded before those that were made at the same time."""
    if not call.concurrent:
        return ALONE
    ended = min(other.get("ended", 0.0) for other in call.concurrent)
    return FIRST if call.record["seconds"] <= ended else LAST


def whole(interface: str) -> Iterator[Cell]:
    """Yield every cell of an interface that can be written down, whether a call can come there or not."""
    kinds = schemas.load("call")["properties"]["outcome"]["properties"]["kind"]["enum"]
    ends = (*OUTCOMES, *(kind for kind in kinds if kind != "returned"))
    places = [(fault.name, stage) for fault in FAULTS.values() for stage in fault.stages]
    for each in circumstances(interface):
        orders = (FIRST, LAST) if each == AT_ONCE else (ALONE,)
        for fault, stage in ((NO_FAULT, NO_STAGE), *places):
            yield from (Cell(each, fault, stage, end, order, interface) for end in ends for order in orders)

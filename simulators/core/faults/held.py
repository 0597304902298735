"""A request that is held while something else happens."""

from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import ARRIVAL, COMMIT, LATE, Fault


def fire(context: FaultContext) -> None:
    """Wait until the fault is disarmed or released, at most so many seconds; the request then goes on."""
    context.armed.released.wait(context.seconds)


HELD = Fault(
    "held", "the request waits until it is released", (ARRIVAL, COMMIT), fire, arrives=LATE, seconds=1.0, longest=30
)

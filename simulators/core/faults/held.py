"""A request that is held while something else happens."""

from greenroom.simulators.core.arming.fault import ARRIVAL, COMMIT, LATE, Fault
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Wait until the fault is disarmed or released, at most so many seconds; the request then goes on."""
    context.armed.released.wait(context.seconds)


HELD = Fault(
    "held",
    "the request waits until it is released",
    (ARRIVAL, COMMIT),
    fire,
    arrives=LATE,
    seconds=1.0,
    longest=30,
    slow=True,
)

"""A request that is held while something else happens."""

from greenroom.simulators.core.faults.fault import ARRIVAL, COMMIT, LATE, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Wait until the fault is disarmed or released, at most so many seconds; the request then goes on."""
    scene.armed.released.wait(scene.seconds)


HELD = Fault(
    "held", "the request waits until it is released", (ARRIVAL, COMMIT), strike, arrives=LATE, seconds=1.0, longest=30
)

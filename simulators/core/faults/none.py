"""No trouble: a request that is let through, to have trouble at a later one."""

from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, CONNECTION, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Let the request through."""


NONE = Fault("none", "the request goes through ('work once, then fail')", (ARRIVAL, ANSWER, CONNECTION), strike)

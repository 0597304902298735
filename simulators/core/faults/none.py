"""No trouble: a request that is let through, to have trouble at a later one."""

from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, CONNECTION, Fault


def fire(context: FaultContext) -> None:
    """Let the request through."""


NONE = Fault("none", "the request goes through ('work once, then fail')", (ARRIVAL, ANSWER, CONNECTION), fire)

"""No trouble: a request that is let through, to have trouble at a later one."""

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, CONNECTION, Fault
from greenroom.simulators.core.faults.context import go_on

NONE = Fault(
    "none", "the request goes through ('work once, then fail')", (ARRIVAL, ANSWER, CONNECTION), go_on, silent=True
)

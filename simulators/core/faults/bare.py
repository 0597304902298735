"""An error status and nothing else."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.status import STATUSES, StatusFault


def fire(context: FaultContext) -> Response:
    """Answer a status with an empty body and no media type."""
    response = Response(b"", int(context.value))
    response.headers.pop("Content-Type", None)
    return response


BARE = StatusFault("bare", "an error status without a body", (COMMIT, ARRIVAL, ANSWER), fire, values=STATUSES)

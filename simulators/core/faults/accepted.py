"""An answer that only says that the request was taken."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, STATUS, Fault
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:  # noqa: ARG001 - every fault has the same signature
    """Answer 202 without a body: whoever asks learns nothing of what was asked."""
    return Response(status=202)


ACCEPTED = Fault("accepted", "202 without a body", (ANSWER,), fire, arrives=STATUS)

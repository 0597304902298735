"""A success with nothing in it."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, STATUS, Fault
from greenroom.simulators.core.faults.context import JSON, FaultContext


def fire(context: FaultContext) -> Response:  # noqa: ARG001 - every fault has the same signature
    """Answer 200, called JSON, without a body."""
    return Response(b"", 200, content_type=JSON)


EMPTY = Fault("empty", "200 without a body", (ANSWER,), fire, arrives=STATUS)

"""A success whose body is noise."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, STATUS, Fault
from greenroom.simulators.core.faults.context import JSON, FaultContext

NOISE = {"bytes": b"\x00\xff\xfe{]\x80 not json", "html": b"<html><body>Welcome back!</body></html>"}


def fire(context: FaultContext) -> Response:
    """Answer 200 with something that is not JSON, called JSON."""
    return Response(NOISE[context.value], 200, content_type=JSON)


GARBAGE = Fault("garbage", "200 with a body that is no JSON", (ANSWER,), fire, arrives=STATUS, values=tuple(NOISE))

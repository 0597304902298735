"""A success whose body is noise."""

from flask import Response

from greenroom.simulators.core.faults.fault import ANSWER, STATUS, Fault
from greenroom.simulators.core.faults.scene import JSON, Scene

NOISE = {"bytes": b"\x00\xff\xfe{]\x80 not json", "html": b"<html><body>Welcome back!</body></html>"}


def strike(scene: Scene) -> Response:
    """Answer 200 with something that is not JSON, called JSON."""
    return Response(NOISE[scene.value], 200, content_type=JSON)


GARBAGE = Fault("garbage", "200 with a body that is no JSON", (ANSWER,), strike, arrives=STATUS, values=tuple(NOISE))

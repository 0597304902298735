"""An answer that comes byte by byte."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import BODY, LATE, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response:
    """Send the head at once and the body a byte at a time, each in time for a time-out between two reads."""
    answer = scene.with_body()
    scene.visit.delivery = Delivery(pace=scene.seconds)
    return answer


DRIP = Fault(
    "drip", "the body comes byte by byte, so many seconds apart", (BODY,), strike, arrives=LATE, seconds=0.5, longest=30
)

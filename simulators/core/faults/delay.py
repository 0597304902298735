"""An answer that comes late."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ANSWER, LATE, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response:
    """Hold the whole answer back for a while."""
    return scene.sent(Delivery(wait=scene.seconds))


DELAY = Fault("delay", "the answer comes late", (ANSWER,), strike, arrives=LATE, seconds=2.0)

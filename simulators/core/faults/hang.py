"""An answer that never comes."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, NOTHING, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response:
    """Say nothing until the client leaves (at most two minutes)."""
    return scene.sent(Delivery(head=False, ends="hang"))


HANG = Fault("hang", "no answer, and the connection stays open", (ANSWER, COMMIT, ARRIVAL), strike, arrives=NOTHING)

"""An answer that breaks off."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import BODY, STATUS, Fault
from greenroom.simulators.core.faults.scene import Scene

ENDS = {"closed": "close", "reset": "reset", "hang": "hang"}


def strike(scene: Scene) -> Response:
    """Send the head and half of the body, then close, reset, or fall silent."""
    answer = scene.with_body()
    scene.visit.delivery = Delivery(share=0.5, ends=ENDS[scene.value])
    return answer


TRUNCATED = Fault("truncated", "the answer breaks off in its body", (BODY,), strike, arrives=STATUS, values=tuple(ENDS))

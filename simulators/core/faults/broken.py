"""An error whose body breaks off."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, STATUS
from greenroom.simulators.core.faults.page import page
from greenroom.simulators.core.faults.scene import Scene
from greenroom.simulators.core.faults.status import STATUSES, StatusFault


def strike(scene: Scene) -> Response:
    """Answer with half of a page, and close."""
    scene.visit.delivery = Delivery(share=0.5, ends="close")
    return page(int(scene.value))


BROKEN = StatusFault(
    "broken",
    "an error status whose body breaks off",
    (COMMIT, ARRIVAL, ANSWER),
    strike,
    arrives=STATUS,
    values=STATUSES,
)

"""A token whose time runs out between two requests."""

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Let the token of this request expire; the CRM then answers as it does.

    It closes the connection with that answer, so that a new log-in is a connection of its own.
    """
    if scene.visit.token:
        scene.visit.delivery = Delivery(ends="close")
        scene.visit.token.expires_at = scene.visit.world.clock.now()
        scene.visit.recheck()


EXPIRED = Fault("expired", "the token expires as the request arrives", (ARRIVAL,), strike)

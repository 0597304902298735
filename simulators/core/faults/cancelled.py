"""Somebody else cancels the appointment meanwhile."""

from greenroom.simulators.core.faults.fault import ARRIVAL, COMMIT, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Let a colleague cancel it in the CRM's own pages; the request then goes on."""
    world, key = scene.visit.world, scene.visit.record
    if key and scene.crm.standing(world, key) == "live":
        scene.crm.cancel(world, world.people["colleague"], key)


CANCELLED = Fault("cancelled", "somebody else cancels the appointment first", (ARRIVAL, COMMIT), strike)

"""Somebody else changes the appointment meanwhile."""

from greenroom.simulators.core.faults.fault import ARRIVAL, COMMIT, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Let a colleague move and rename it in the CRM's own pages; the request then goes on."""
    world, key = scene.visit.world, scene.visit.record
    if key and scene.crm.standing(world, key) in ("live", "transitioned"):
        title = {world.profile.title_field: f"Moved by a colleague ({scene.armed.struck})"}
        scene.crm.edit(world, world.people["colleague"], key, {**world.profile.colleagues_edit, **title})


EDITED = Fault("edited", "somebody else edits the appointment first", (ARRIVAL, COMMIT), strike)

"""The CRM's own rate or concurrency limit."""

from greenroom.simulators.core.faults.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Let others have used up what the CRM allows, as it counts; it then refuses in its own way."""
    scene.crm.exhaust(scene.visit)


LIMIT = Fault("limit", "the CRM's limit is reached, as it counts (a rate, or requests at once)", (ARRIVAL,), strike)

"""A token that is revoked between two requests."""

from greenroom.simulators.core.faults.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> None:
    """Revoke the token of this request; the CRM then answers as it does."""
    if scene.visit.token:
        scene.visit.token.revoked = True
        scene.visit.recheck()


REVOKED = Fault("revoked", "the token is revoked as the request arrives", (ARRIVAL,), strike)

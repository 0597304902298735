"""A CRM that cannot be reached."""

from flask import Response

from greenroom.simulators.core.faults.fault import CONNECTION, NOTHING, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response | None:  # noqa: ARG001 - every fault has the same signature
    """Do nothing: while this fault is armed in the current world, nothing listens at the CRM's ports."""
    return None


REFUSED = Fault("refused", "connections are refused until it is disarmed", (CONNECTION,), strike, arrives=NOTHING)

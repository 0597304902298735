"""A certificate that must not be trusted."""

from flask import Response

from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import CONNECTION, NOTHING, Fault


def fire(context: FaultContext) -> Response | None:  # noqa: ARG001 - every fault has the same signature
    """Do nothing more: the listener shows the certificate as the connection begins. Who goes on is answered."""
    return None


CERTIFICATE = Fault(
    "certificate",
    "a certificate of a stranger, for another host, or expired (TLS only)",
    (CONNECTION,),
    fire,
    arrives=NOTHING,
    values=("stranger", "other-host", "expired"),
)

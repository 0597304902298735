"""A token that is revoked between two requests."""

from greenroom.simulators.core.arming.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Revoke the token of this request; the CRM then answers as it does."""
    if context.exchange.token:
        context.exchange.token.revoked = True
        context.exchange.recheck()


REVOKED = Fault("revoked", "the token is revoked as the request arrives", (ARRIVAL,), fire)

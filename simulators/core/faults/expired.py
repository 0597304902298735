"""A token whose time runs out between two requests."""

from greenroom.simulators.core.arming.fault import ARRIVAL, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Let the token of this request expire; the CRM then answers as it does.

    It closes the connection with that answer, so that a new log-in is a connection of its own.
    """
    if context.exchange.token:
        context.exchange.delivery = Delivery(ends="close")
        context.exchange.token.expires_at = context.exchange.world.clock.now()
        context.exchange.recheck()


EXPIRED = Fault("expired", "the token expires as the request arrives", (ARRIVAL,), fire)

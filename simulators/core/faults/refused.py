"""A CRM that cannot be reached."""

from flask import Response

from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import CONNECTION, NOTHING, Fault, FaultError


def fire(context: FaultContext) -> Response | None:  # noqa: ARG001 - every fault has the same signature
    """Do nothing: while this fault is armed in the current world, nothing listens at the CRM's ports."""
    return None


class PortFault(Fault):
    """One that closes a port: no request comes that could be counted, and it is closed from the beginning."""

    def check_place(self, *, skips: bool, waits: bool) -> None:
        """Refuse both."""
        if skips or waits:
            raise FaultError(
                f"fault '{self.name}' takes no {'skip' if skips else 'after'}: it holds from the moment it is armed; "
                "use closed,stage=connection for connections that break later"
            )


REFUSED = PortFault("refused", "connections are refused until it is disarmed", (CONNECTION,), fire, arrives=NOTHING)

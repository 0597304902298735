"""A CRM that cannot be reached."""

from greenroom.simulators.core.arming.fault import CONNECTION, NOTHING, Fault, FaultError
from greenroom.simulators.core.faults.context import FaultContext, go_on


class PortFault(Fault[FaultContext]):
    """One that closes a port: no request comes that could be counted, and it is closed from the beginning."""

    def check_place(self, *, skips: bool, waits: bool) -> None:
        """Refuse both."""
        if skips or waits:
            raise FaultError(
                f"fault '{self.name}' takes no {'skip' if skips else 'after'}: it holds from the moment it is armed; "
                "use closed,stage=connection for connections that break later"
            )


REFUSED = PortFault(
    "refused",
    "connections are refused until it is disarmed",
    (CONNECTION,),
    go_on,
    arrives=NOTHING,
    closes_port=True,
)

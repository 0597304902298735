"""A certificate that must not be trusted."""

from greenroom.simulators.core.arming.fault import CONNECTION, NOTHING, Fault, NewConnection
from greenroom.simulators.core.faults.context import go_on


def on_connect(connection: NewConnection) -> None:
    """Show it. Who goes on is answered."""
    connection.show_bad_certificate(connection.value)


CERTIFICATE = Fault(
    "certificate",
    "a certificate of a stranger, for another host, or expired (TLS only)",
    (CONNECTION,),
    go_on,
    arrives=NOTHING,
    values=("stranger", "other-host", "expired"),
    on_connect=on_connect,
    needs_tls=True,
)

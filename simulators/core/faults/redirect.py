"""A redirect to another host."""

from urllib.parse import quote

from flask import Response

from greenroom.simulators.core.arming.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.hosts import ELSEWHERE


def fire(context: FaultContext) -> Response:
    """Send the client to a host that is not the CRM's; nothing was done."""
    host = context.exchange.world.api_host  # part of the path: who looks for the CRM's name in the address finds it
    return Response(
        status=int(context.value), headers={"Location": f"https://{ELSEWHERE}/{host}{quote(context.exchange.path)}"}
    )


REDIRECT = Fault("redirect", "a redirect to another host", (ARRIVAL,), fire, values=("307", "301", "302", "303", "308"))

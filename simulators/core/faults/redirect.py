"""A redirect to another host."""

from urllib.parse import quote

from flask import Response

from greenroom.simulators.core.faults.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.scene import Scene
from greenroom.simulators.core.hosts import ELSEWHERE


def strike(scene: Scene) -> Response:
    """Send the client to a host that is not the CRM's; nothing was done."""
    host = scene.visit.world.api_host  # part of the path: who looks for the CRM's name in the address finds it
    return Response(
        status=int(scene.value), headers={"Location": f"https://{ELSEWHERE}/{host}{quote(scene.visit.path)}"}
    )


REDIRECT = Fault(
    "redirect", "a redirect to another host", (ARRIVAL,), strike, values=("307", "301", "302", "303", "308")
)

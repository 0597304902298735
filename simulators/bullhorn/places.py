"""Where Bullhorn is: the hosts of a data centre, and the addresses that a log-in hands out."""

from flask import Response, request

from greenroom.simulators.bullhorn.profile import HOST, PROFILE
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.world import World

SERVICES = "/rest-services"
AUTH, REST = "auth", "rest"
"""What the hosts of a data centre begin with: the authorization server's, and the log-in's."""


def host(world: World, kind: str) -> str:
    """Return a host of the data centre in which a world's account is."""
    return f"{kind}-{world.site.name}.{HOST}"


def corporation(world: World) -> str:
    """Return what stands for an account in the paths of its calls."""
    return f"e{world.account}"


def rest_url(world: World) -> str:
    """Return the address that begins all calls of a session."""
    return f"https://{world.api_host}{SERVICES}/{corporation(world)}/"


def elsewhere(world: World, kind: str) -> Response | None:
    """Return the way to the right data centre, for a request to another one."""
    right = host(world, kind)
    if matches(request.host, right, PROFILE.hosts):
        return None
    query = request.query_string.decode("latin-1")
    return Response(status=307, headers={"Location": f"https://{right}{request.path}{'?' if query else ''}{query}"})

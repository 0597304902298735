"""OAuth 2 over HTTP, as far as vendors agree: who the app is, who logs in, and what a grant is exchanged for."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Request, Response

from greenroom.simulators.core import oauth
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.world import World

PERSON, DECISION = "as", "decision"
"""Parameters of the fake only: who logs in at once, without a page, and whether they decline (``decline``)."""


def back(redirect: str, query: Mapping[str, str]) -> Response:
    """Send a browser back to the app."""
    joint = "&" if "?" in redirect else "?"
    return Response(status=302, headers={"Location": f"{redirect}{joint}{urlencode(query)}"})


def is_address(redirect: str) -> bool:
    """Tell whether a browser can be sent there."""
    return redirect.startswith(("http://", "https://"))


def is_app(world: World, request: Request) -> bool:
    """Tell whether a request carries the app's id and secret, by HTTP Basic or in the form."""
    return oauth.client_of(request) == (world.grants.client_id, world.grants.client_secret)


def exchanged(world: World, request: Request, lifetime: float) -> oauth.Issued:
    """Exchange the grant in a token request's form.

    Raises:
        GrantError: it counts for nothing, is of another kind, or was given out at another of the vendor's hosts.

    """
    if not matches(request.host, world.api_host, world.profile.hosts):
        raise oauth.GrantError("invalid_grant", "The grant was given out in another region.")
    return oauth.grant(world, request.form, lifetime)


def issued(token: oauth.Issued, **more: object) -> dict[str, object]:
    """Return the body of a token response; a refresh token only where there is a new one."""
    fresh = {"refresh_token": token.refresh_token} if token.refresh_token else {}
    return {"access_token": token.access_token, "expires_in": token.expires_in, **more, **fresh}

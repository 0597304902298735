"""Bullhorn's authorization server: codes, access tokens of ten minutes, and refresh tokens that count once."""

from collections.abc import Mapping

from flask import Response, request

from greenroom.simulators.bullhorn import people, places, render
from greenroom.simulators.bullhorn.errors import OAuthError
from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.rest import log_in
from greenroom.simulators.core.world import World

BASE = "/oauth"
LIFETIME = 600
"""Seconds that an access token lives."""
HOME = "https://www.bullhorn.com/"
"""Where a browser goes that no app sent."""
FRESH = "fresh access token"
"""Marks, among a world's counters, the access tokens with which nobody has logged in."""


def authorize() -> Response:
    """Log the owner in at once, or the user of that ``username``, without a page, and send the code back.

    ``as=ROLE`` logs another person in, ``decision=decline`` refuses: both exist in the fake only.
    """
    world, asked = exchange().world, request.values
    if (way := places.elsewhere(world, places.AUTH)) is not None:
        return way
    redirect, state = asked.get("redirect_uri", ""), {"state": asked["state"]} if "state" in asked else {}
    if asked.get("client_id") != world.grants.client_id or asked.get("response_type") != "code":
        raise OAuthError("invalid_request", "client_id must be the app's, response_type must be code.")
    if asked.get(log_in.DECISION) == "decline":
        return log_in.back(redirect or HOME, {"error": "access_denied", **state})
    code = oauth.authorize(world, _role(world, asked), redirect)
    return log_in.back(redirect or HOME, {"code": code, "client_id": world.grants.client_id, **state})


def _role(world: World, asked: Mapping[str, str]) -> str:
    """Return who logs in.

    Raises:
        OAuthError: nobody of that name.

    """
    name, role = asked.get("username"), asked.get(log_in.PERSON, "owner")
    named = [key for key, person in world.people.items() if name in (person.email, people.username(person))]
    if (name and not named) or role not in world.people:
        raise OAuthError("access_denied", "Nobody has that user name.", status=401)
    return named[0] if name else role


def token() -> Response:
    """Exchange a code or a refresh token; parameters come in the query or in a form."""
    world, asked = exchange().world, request.values
    if (way := places.elsewhere(world, places.AUTH)) is not None:
        return way
    if (asked.get("client_id"), asked.get("client_secret")) != (world.grants.client_id, world.grants.client_secret):
        raise OAuthError("invalid_client", "Client authentication failed.", status=401)
    try:
        issued = _refresh(world, asked) if asked.get("grant_type") == "refresh_token" else _redeem(world, asked)
    except oauth.GrantError as error:
        raise OAuthError(error.code, error.description) from None
    world.counters[FRESH, issued.access_token] = True
    return render.answer(log_in.issued(issued, token_type="Bearer"))  # noqa: S106 - the name of a scheme


def _redeem(world: World, asked: Mapping[str, str]) -> oauth.Issued:
    if asked.get("grant_type") != "authorization_code":
        raise oauth.GrantError("unsupported_grant_type", "The grant type is not supported.")
    return oauth.redeem(world, asked, LIFETIME)


def _refresh(world: World, asked: Mapping[str, str]) -> oauth.Issued:
    """Exchange a refresh token, once, for an access token and the next refresh token."""
    old = asked.get("refresh_token", "")
    role = world.grants.refresh.pop(old, None)
    if role is None:
        raise oauth.GrantError("invalid_grant", "The refresh token is invalid, or was used before.")
    access, new = world.secrets.make(f"{role}.accessToken"), world.secrets.make(f"{role}.refreshToken")
    world.grants.refresh[new] = role
    world.grants.issued_for[new] = world.grants.issued_for.get(old, old)
    world.tokens.announce(new)
    world.admit(role, access, LIFETIME, old)
    return oauth.Issued(access, LIFETIME, new)

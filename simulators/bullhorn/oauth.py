"""Bullhorn's authorization server: codes, access tokens of ten minutes, and refresh tokens that count once."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from greenroom.simulators.bullhorn import people, places, render
from greenroom.simulators.bullhorn.errors import OAuthError
from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.world import World

BASE = "/oauth"
LIFETIME = 600
"""Seconds that an access token lives."""
FRESH = "fresh access token"
"""Marks, among a world's counters, the access tokens with which nobody has logged in."""


def add(routes: Blueprint) -> None:
    """Add the two endpoints."""
    routes.add_url_rule(f"{BASE}/authorize", view_func=authorize, methods=["GET", "POST"])
    routes.add_url_rule(f"{BASE}/token", view_func=token, methods=["POST"])


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
    if asked.get("decision") == "decline":
        return _back(redirect, {"error": "access_denied", **state})
    code = oauth.authorize(world, _role(world, asked), redirect)
    return _back(redirect, {"code": code, "client_id": world.grants.client_id, **state})


def _role(world: World, asked: Mapping[str, str]) -> str:
    """Return who logs in.

    Raises:
        OAuthError: nobody of that name.

    """
    name, role = asked.get("username"), asked.get("as", "owner")
    named = [key for key, person in world.people.items() if name in (person.email, people.username(person))]
    if (name and not named) or role not in world.people:
        raise OAuthError("access_denied", "Nobody has that user name.", status=401)
    return named[0] if name else role


def _back(redirect: str, told: Mapping[str, str]) -> Response:
    place = redirect or "https://www.bullhorn.com/"
    return Response(status=302, headers={"Location": f"{place}{'&' if '?' in place else '?'}{urlencode(told)}"})


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
    told = {"access_token": issued.access_token, "token_type": "Bearer", "expires_in": issued.expires_in}
    return render.answer({**told, "refresh_token": issued.refresh_token})


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

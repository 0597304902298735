"""Clio's OAuth endpoints: authorize, token, deauthorize."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from greenroom.simulators.clio import render
from greenroom.simulators.clio.errors import InvalidToken, OAuthError
from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.hosts import matches

LIFETIME = 2_592_000
"""Seconds: 30 days."""

BASE = "/oauth"


def add(routes: Blueprint) -> None:
    """Add the three endpoints."""
    routes.add_url_rule(f"{BASE}/authorize", view_func=authorize, methods=["GET"])
    routes.add_url_rule(f"{BASE}/token", view_func=token, methods=["POST"])
    routes.add_url_rule(f"{BASE}/deauthorize", view_func=deauthorize, methods=["POST"])


def authorize() -> Response:
    """Log the firm's owner in at once, without a page, and send the code back.

    ``as=ROLE`` logs another person in, ``decision=decline`` refuses: both exist in the fake only.
    """
    world, redirect = exchange().world, request.args.get("redirect_uri", "")
    if request.args.get("client_id") != world.grants.client_id:
        raise OAuthError("invalid_client", "Client authentication failed.", status=401)
    if request.args.get("response_type") != "code" or not redirect.startswith(("http://", "https://")):
        raise OAuthError("invalid_request", "response_type must be code, redirect_uri an address.")
    state = {"state": request.args["state"]} if "state" in request.args else {}
    if request.args.get("decision") == "decline":
        return _declined(redirect, state)
    role = request.args.get("as", "owner")
    if role not in world.people:
        raise OAuthError("invalid_request", f"nobody is '{role}'; use one of {', '.join(world.people)}")
    return _redirect(redirect, {"code": oauth.authorize(world, role, redirect), **state})


def _declined(redirect: str, state: dict[str, str]) -> Response:
    if request.args.get("redirect_on_decline") == "true":
        return _redirect(redirect, {"error": "access_denied", **state})
    raise OAuthError("access_denied", "The resource owner denied the request.", status=401)


def _redirect(redirect: str, told: dict[str, str]) -> Response:
    joint = "&" if "?" in redirect else "?"
    return Response(status=302, headers={"Location": f"{redirect}{joint}{urlencode(told)}"})


def token() -> Response:
    """Exchange a code or a refresh token; the app's credentials come by HTTP Basic or in the form."""
    world = exchange().world
    if oauth.client_of(request) != (world.grants.client_id, world.grants.client_secret):
        raise OAuthError("invalid_client", "Client authentication failed.", status=401)
    if not matches(request.host, world.api_host, PROFILE.hosts):
        raise OAuthError("invalid_grant", "The grant was given out in another region.")
    try:
        issued = oauth.grant(world, request.form, LIFETIME)
    except oauth.GrantError as error:
        raise OAuthError(error.code, error.description) from None
    body = {"token_type": "bearer", "access_token": issued.access_token, "expires_in": issued.expires_in}
    return render.answer(body | ({"refresh_token": issued.refresh_token} if issued.refresh_token else {}))


def deauthorize() -> Response:
    """Revoke the token that came in the form; the request carries a valid one."""
    now = exchange()
    if now.credential != "valid":
        raise InvalidToken
    found = now.world.tokens.find(request.form.get("token"))
    if found is not None:
        found.revoked = True
    return Response(status=200)

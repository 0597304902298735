"""NetSuite's OAuth 2: authorize, token, revoke."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.netsuite import assertions, render, tba
from greenroom.simulators.netsuite.errors import TokenError
from greenroom.simulators.netsuite.profile import PROFILE

BASE = "/services/rest/auth/oauth2/v1"
AUTHORIZE = "/app/login/oauth2/authorize.nl"
LIFETIME = 3600
STATE = (22, 1024)
"""Characters that ``state`` must have."""


def add(routes: Blueprint) -> None:
    """Add the three endpoints."""
    routes.add_url_rule(AUTHORIZE, view_func=authorize, methods=["GET"])
    routes.add_url_rule(f"{BASE}/token", view_func=token, methods=["POST"])
    routes.add_url_rule(f"{BASE}/revoke", view_func=revoke, methods=["POST"])


def authorize() -> Response:
    """Log the owner in at once, without a page, and send the code back.

    ``as=ROLE`` logs another person in, ``decision=decline`` refuses: both exist in the fake only.
    """
    world, redirect = exchange().world, request.args.get("redirect_uri", "")
    state, role = request.args.get("state", ""), request.args.get("as", "owner")
    known = request.args.get("client_id") == world.grants.client_id and role in world.people
    if not redirect.startswith(("http://", "https://")):
        raise TokenError("invalid_request", company())
    wanted = request.args.get("response_type") == "code" and STATE[0] <= len(state) <= STATE[1]
    if not known or not wanted or not _has_good_challenge():
        return _back(redirect, {"error": "invalid_request", "state": state})
    if request.args.get("decision") == "decline":
        return _back(redirect, {"error": "access_denied", "state": state})
    code = oauth.authorize(world, role, redirect, request.args.get("code_challenge"))
    told = {"code": code, "state": state, "role": "3"}
    return _back(redirect, {**told, "entity": world.people[role].id, "company": company()})


def _has_good_challenge() -> bool:
    """Tell whether PKCE is not asked for, or in the one way that NetSuite knows."""
    asked = request.args.get("code_challenge"), request.args.get("code_challenge_method")
    return asked == (None, None) or (bool(asked[0]) and asked[1] == "S256")


def company() -> str:
    """Return the account's id as NetSuite writes it outside host names, e.g. ``1234567_SB1``."""
    return tba.realm(exchange().world)


def presented(form: Mapping[str, str]) -> str | None:
    """Return what a token request presents: a code, a refresh token, or the certificate of its JWT."""
    assertion = form.get("client_assertion")
    return (
        form.get("code") or form.get("refresh_token") or form.get("token")
        or (assertions.certificate_of(assertion) if assertion else None)
    )  # fmt: skip


def _back(redirect: str, told: dict[str, str]) -> Response:
    return Response(status=302, headers={"Location": f"{redirect}{'&' if '?' in redirect else '?'}{urlencode(told)}"})


def _app_only() -> None:
    """Let only the app pass, by HTTP Basic: NetSuite takes no credentials in the form from a confidential client."""
    grants = exchange().world.grants
    by_basic = request.headers.get("Authorization", "").lower().startswith("basic ")
    if not by_basic or oauth.client_of(request) != (grants.client_id, grants.client_secret):
        raise TokenError("invalid_client", company())


def token() -> Response:
    """Exchange a code, a refresh token or a signed JWT; only for a code there is a new refresh token."""
    by_assertion = request.form.get("grant_type") == "client_credentials"
    issued = _by_assertion() if by_assertion else _by_grant()
    body = {"access_token": issued.access_token, "expires_in": str(issued.expires_in), "token_type": "bearer"}
    return render.plain(body | ({"refresh_token": issued.refresh_token} if issued.refresh_token else {}))


def _by_grant() -> oauth.Issued:
    _app_only()
    if not matches(request.host, exchange().world.api_host, PROFILE.hosts):
        raise TokenError("invalid_grant", company())
    try:
        return oauth.grant(exchange().world, request.form, LIFETIME)
    except oauth.GrantError as error:
        raise TokenError(error.code, company()) from None


def _by_assertion() -> oauth.Issued:
    """Log a program in: the JWT names the account's own token endpoint, whatever address the fake is reached at."""
    world = exchange().world
    try:
        role = assertions.role_of(world, request.form, f"https://{world.api_host}{BASE}/token")
    except oauth.GrantError as error:
        raise TokenError(error.code, company(), error.description) from None
    return oauth.Issued(world.issue(role, LIFETIME).value, LIFETIME, None)


def revoke() -> Response:
    """Revoke a refresh token."""
    _app_only()
    exchange().world.grants.refresh.pop(request.form.get("token", ""), None)
    return Response(status=200)

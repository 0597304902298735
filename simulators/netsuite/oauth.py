"""NetSuite's OAuth 2: authorize, token, revoke."""

from collections.abc import Mapping

from flask import Response, request

from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.rest import log_in
from greenroom.simulators.netsuite import assertions, render, tba
from greenroom.simulators.netsuite.errors import TokenError

BASE = "/services/rest/auth/oauth2/v1"
AUTHORIZE = "/app/login/oauth2/authorize.nl"
LIFETIME = 3600
STATE = (22, 1024)
"""Characters that ``state`` must have."""


def authorize() -> Response:
    """Log the owner in at once, without a page, and send the code back.

    ``as=ROLE`` logs another person in, ``decision=decline`` refuses: both exist in the fake only.
    """
    world, redirect = exchange().world, request.args.get("redirect_uri", "")
    state, role = request.args.get("state", ""), request.args.get(log_in.PERSON, "owner")
    known = request.args.get("client_id") == world.grants.client_id and role in world.people
    if not log_in.is_address(redirect):
        raise TokenError("invalid_request", company())
    wanted = request.args.get("response_type") == "code" and STATE[0] <= len(state) <= STATE[1]
    if not known or not wanted or not _has_good_challenge():
        return log_in.back(redirect, {"error": "invalid_request", "state": state})
    if request.args.get(log_in.DECISION) == "decline":
        return log_in.back(redirect, {"error": "access_denied", "state": state})
    code = oauth.authorize(world, role, redirect, request.args.get("code_challenge"))
    query = {"code": code, "state": state, "role": "3"}
    return log_in.back(redirect, {**query, "entity": world.people[role].id, "company": company()})


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


def _app_only() -> None:
    """Let only the app pass, by HTTP Basic: NetSuite takes no credentials in the form from a confidential client."""
    by_basic = request.headers.get("Authorization", "").lower().startswith("basic ")
    if not by_basic or not log_in.is_app(exchange().world, request):
        raise TokenError("invalid_client", company())


def token() -> Response:
    """Exchange a code, a refresh token or a signed JWT; only for a code there is a new refresh token."""
    by_assertion = request.form.get("grant_type") == "client_credentials"
    issued = _by_assertion() if by_assertion else _by_grant()
    more = {"expires_in": str(issued.expires_in), "token_type": "bearer"}
    return render.plain(log_in.issued(issued, **more))


def _by_grant() -> oauth.Issued:
    _app_only()
    try:
        return log_in.exchanged(exchange().world, request, LIFETIME)
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

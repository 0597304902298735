"""Clio's OAuth endpoints: authorize, token, deauthorize."""

from flask import Response, request

from greenroom.simulators.clio import render
from greenroom.simulators.clio.errors import InvalidToken, OAuthError
from greenroom.simulators.core import oauth
from greenroom.simulators.core.exchange import exchange
from greenroom.simulators.core.rest import log_in

LIFETIME = 2_592_000
"""Seconds: 30 days."""

BASE = "/oauth"


def authorize() -> Response:
    """Log the firm's owner in at once, without a page, and send the code back.

    ``as=ROLE`` logs another person in, ``decision=decline`` refuses: both exist in the fake only.
    """
    world, redirect = exchange().world, request.args.get("redirect_uri", "")
    if request.args.get("client_id") != world.grants.client_id:
        raise OAuthError("invalid_client", "Client authentication failed.", status=401)
    if request.args.get("response_type") != "code" or not log_in.is_address(redirect):
        raise OAuthError("invalid_request", "response_type must be code, redirect_uri an address.")
    state = {"state": request.args["state"]} if "state" in request.args else {}
    if request.args.get(log_in.DECISION) == "decline":
        return _declined(redirect, state)
    role = request.args.get(log_in.PERSON, "owner")
    if role not in world.people:
        raise OAuthError("invalid_request", f"nobody is '{role}'; use one of {', '.join(world.people)}")
    return log_in.back(redirect, {"code": oauth.authorize(world, role, redirect), **state})


def _declined(redirect: str, state: dict[str, str]) -> Response:
    if request.args.get("redirect_on_decline") == "true":
        return log_in.back(redirect, {"error": "access_denied", **state})
    raise OAuthError("access_denied", "The resource owner denied the request.", status=401)


def token() -> Response:
    """Exchange a code or a refresh token; the app's credentials come by HTTP Basic or in the form."""
    world = exchange().world
    if not log_in.is_app(world, request):
        raise OAuthError("invalid_client", "Client authentication failed.", status=401)
    try:
        issued = log_in.exchanged(world, request, LIFETIME)
    except oauth.GrantError as error:
        raise OAuthError(error.code, error.description) from None
    return render.answer(log_in.issued(issued, token_type="bearer"))  # noqa: S106 - the name of a scheme


def deauthorize() -> Response:
    """Revoke the token that came in the form; the request carries a valid one."""
    now = exchange()
    if now.credential != "valid":
        raise InvalidToken
    found = now.world.tokens.find(request.form.get("token"))
    if found is not None:
        found.revoked = True
    return Response(status=200)

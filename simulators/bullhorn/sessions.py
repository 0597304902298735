"""Bullhorn's sessions: log-in with an access token, ping, log-out, and what a request must carry."""

from datetime import timedelta

from flask import Response, request

from greenroom.simulators.bullhorn import oauth, people, places, render
from greenroom.simulators.bullhorn.errors import BadAccessToken, BadParameter, BadSession, MissingParameter, NoSession
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.grants import Code
from greenroom.simulators.core.hosts import matches
from greenroom.simulators.core.world import OPENS, World

NAME = "BhRestToken"
"""The header, the query parameter and the cookie that carry a session."""
LOG_IN = f"{places.SERVICES}/login"
LIFE = 600
"""Seconds that a session lives where a log-in names no other time."""
LONGEST = 2880
"""Minutes that a log-in can ask for."""
VERSIONS = ("*", "2.0")


def check(now: Exchange) -> None:
    """Let only a session of this account pass, at the host that its log-in named; it lives on.

    Raises:
        NoSession, BadSession: there is none, or it is over.

    """
    if not now.presented:
        raise NoSession
    here = (request.view_args or {}).get("corp") == places.corporation(now.world)
    if now.credential != "valid" or now.token is None or not here:
        raise BadSession
    if not matches(request.host, now.token.host, PROFILE.hosts):
        raise BadSession
    if now.world.switches["session-life"] == "renewed" and not request.path.endswith("/ping"):
        now.token.expires_at = max(now.token.expires_at, now.world.clock.now() + timedelta(seconds=LIFE))


def log_in() -> Response:
    """Open a session with an access token."""
    world, asked = exchange().world, request.values
    if (way := places.elsewhere(world, places.REST)) is not None:
        return way
    if asked.get("version", "*") not in VERSIONS:
        raise Unsimulated(f"version {asked['version']} of the log-in")
    if "version" not in asked:
        raise MissingParameter("version")
    lifetime = _lifetime(asked.get("ttl"))
    access = asked.get("access_token", "")
    session = world.issue(_used(world, access).role, lifetime).value
    world.grants.issued_for[session] = world.grants.issued_for.get(access, access)
    response = render.answer({NAME: session, "restUrl": places.rest_url(world)})
    response.set_cookie(NAME, session, path="/")
    return response


def _lifetime(ttl: str | None) -> float:
    """Return the seconds of a session's life, from the minutes that a log-in asks for."""
    if ttl is None:
        return LIFE
    if not ttl.isascii() or not ttl.isdecimal() or not 1 <= int(ttl[:9]) <= LONGEST:
        raise BadParameter(f"The value of 'ttl' must be 1 to {LONGEST} minutes.")
    return int(ttl) * 60


def _used(world: World, access: str) -> Code:
    """Return the grant of an access token, with which one has logged in now (switch ``access-token``).

    Raises:
        BadAccessToken: unknown, expired, or used up.

    """
    found = world.grants.codes.get(access)
    variant = world.switches["access-token"]
    stale = variant == "used" and not world.counters.get((oauth.FRESH, access))
    if found is None or found.redirect_uri != OPENS or found.expires_at < world.clock.now() or stale:
        raise BadAccessToken
    if variant != "many":
        world.grants.codes.pop(access, None)
    return found


def log_in_info() -> Response:
    """Tell the addresses of a user's data centre."""
    world, name = exchange().world, request.args.get("username")
    if not name:
        raise MissingParameter("username")
    if not any(name in (person.email, people.username(person)) for person in world.people.values()):
        raise BadParameter("Nobody has that user name.")
    swimlane = "".join(letter for letter in world.api_host if letter.isdigit())
    return render.answer(
        {
            "oauthUrl": f"https://{places.host(world, places.AUTH)}{oauth.BASE}",
            "restUrl": f"https://{places.host(world, places.REST)}{places.SERVICES}",
            "superClusterId": int(swimlane),
        }
    )


def ping(corp: str) -> Response:  # noqa: ARG001
    """Tell when the session ends."""
    token = exchange().token
    return render.answer({"sessionExpires": int(token.expires_at.timestamp() * 1000) if token else 0})


def log_out(corp: str) -> Response:  # noqa: ARG001
    """End the session."""
    token = exchange().token
    if token:
        token.revoked = True
    return render.answer({"logout": "OK"})

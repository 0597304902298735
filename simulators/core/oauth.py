"""OAuth 2 as both vendors offer it: codes that count once, refresh tokens, apps with a secret."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Request

from greenroom.simulators.core.grants import Code
from greenroom.simulators.core.world import LIFETIME, World

CODE_LIFETIME = 600
"""Seconds that an authorization code counts."""


class GrantError(Exception):
    """A grant was refused; ``code`` is the OAuth error's name."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(frozen=True)
class Issued:
    """Fresh tokens; no refresh token where the old one goes on counting."""

    access_token: str
    expires_in: int
    refresh_token: str | None


def client_of(request: Request) -> tuple[str, str]:
    """Return the app's id and secret: by HTTP Basic, or in the form."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return name, secret
    return request.form.get("client_id", ""), request.form.get("client_secret", "")


def authorize(world: World, role: str, redirect_uri: str, challenge: str | None = None) -> str:
    """Make a code for the person in that role; with PKCE's ``challenge`` only its verifier's sender can redeem it."""
    code = world.secrets.make(f"{role}.authorizationCode")
    until = world.clock.now() + timedelta(seconds=CODE_LIFETIME)
    world.grants.codes[code] = Code(role, redirect_uri, until, challenge)
    world.tokens.announce(code)
    return code


def redeem(world: World, form: Mapping[str, str], lifetime: float = LIFETIME) -> Issued:
    """Exchange a form's code, once.

    Raises:
        GrantError: unknown, used, expired, for another address, or without the verifier of its challenge.

    """
    found = world.grants.codes.pop(form.get("code", ""), None)
    good = found is not None and found.expires_at >= world.clock.now() and _is_senders(found, form)
    if found is None or not good:
        raise GrantError("invalid_grant", "The authorization code is invalid, expired, or was used before.")
    login = world.log_in(found.role, lifetime=lifetime)
    return Issued(str(login.user["accessToken"]), int(lifetime), str(login.user["refreshToken"]))


def _is_senders(code: Code, form: Mapping[str, str]) -> bool:
    verified = code.challenge is None or code.challenge == _challenge(form.get("code_verifier", ""))
    return code.redirect_uri == form.get("redirect_uri", "") and verified


def _challenge(verifier: str) -> str:
    """Return the challenge (S256) of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def refresh(world: World, token: str, lifetime: float = LIFETIME) -> Issued:
    """Issue a new access token; the refresh token goes on counting.

    Raises:
        GrantError: unknown or revoked.

    """
    role = world.grants.refresh.get(token)
    if role is None:
        raise GrantError("invalid_grant", "The refresh token is invalid or revoked.")
    issued = world.issue(role, lifetime).value
    world.grants.issued_for[issued] = token
    return Issued(issued, int(lifetime), None)


def grant(world: World, form: Mapping[str, str], lifetime: float) -> Issued:
    """Exchange what a token request's form holds: a code or a refresh token.

    Raises:
        GrantError: it counts for nothing, or is of another kind.

    """
    kind = form.get("grant_type")
    if kind == "authorization_code":
        return redeem(world, form, lifetime)
    if kind == "refresh_token":
        return refresh(world, form.get("refresh_token", ""), lifetime)
    raise GrantError("unsupported_grant_type" if kind else "invalid_request", "The grant type is not supported.")

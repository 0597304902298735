"""NetSuite's token-based authentication: OAuth 1.0, each request signed with HMAC-SHA256."""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Request
from oauthlib.oauth1.rfc5849 import signature, utils

from greenroom.simulators.core.clock import LATEST
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.tokens import Token
from greenroom.simulators.core.world import World

METHOD = "HMAC-SHA256"
WINDOW = 300
"""Seconds by which a request's timestamp may differ from the server's time."""
NONCE = 6
"""Characters of a nonce, at least."""
FORM = "application/x-www-form-urlencoded"
_NAMES = ("consumer_key", "token", "nonce", "timestamp", "signature_method", "signature")


@dataclass(frozen=True)
class Signed:
    """A signed request as ``oauthlib`` verifies it; ``sent`` is what its header holds, ``params`` what is signed."""

    http_method: str
    uri: str
    params: list[tuple[str, str]]
    sent: dict[str, str]

    @property
    def signature(self) -> str:
        """The signature that came."""
        return self.sent["oauth_signature"]

    def __getitem__(self, name: str) -> str:
        return self.sent[f"oauth_{name}"]


@dataclass
class Nonces:
    """The nonces of one world with their timestamps, each used once; they are in no saved world."""

    used: dict[tuple[str, str, str], float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, signed: Signed) -> bool:
        """Use a nonce; False where it was used before."""
        now, key = time.time(), (signed["token"], signed["nonce"], signed["timestamp"])
        with self.lock:
            self.used = {known: at for known, at in self.used.items() if now - at <= 2 * WINDOW}
            fresh = key not in self.used
            self.used.setdefault(key, now)
        return fresh


def issue(world: World, role: str) -> dict[str, str]:
    """Issue a token to the person in a role, as NetSuite's page for access tokens does; it counts until it is revoked.

    The consumer is the world's one app: an integration record's consumer key is its client id.
    """
    token, secret = (world.secrets.make(f"{role}.{name}", _hexadecimal) for name in ("tokenId", "tokenSecret"))
    world.tokens.add(Token(token, world.people[role].id, world.api_host, LATEST, secret=secret))
    app = {"consumerKey": world.grants.client_id, "consumerSecret": world.grants.client_secret}
    return {**app, "tokenId": token, "tokenSecret": secret, "realm": realm(world)}


def realm(world: World) -> str:
    """Return the account's id as NetSuite writes it outside host names, e.g. ``1234567_SB1``."""
    return world.api_host.split(".")[0].replace("-", "_").upper()


def _hexadecimal(core: str) -> str:
    return hashlib.sha256(core.encode()).hexdigest()


def is_signed(incoming: Request) -> bool:
    """Tell whether a request claims to be signed."""
    return incoming.headers.get("Authorization", "").lower().startswith("oauth ")


def token_of(incoming: Request) -> str | None:
    """Return the token that a signed request names."""
    return _header(incoming).get("oauth_token")


def problem(now: Exchange, incoming: Request) -> str | None:
    """Say why a signed request is refused, in a few words for its sender; None where nothing is wrong with it."""
    signed = _read(incoming)
    return next((why for why, holds in _CHECKS if not holds(now, signed)), None)


def _read(incoming: Request) -> Signed:
    path, _, query = incoming.environ.get("REQUEST_URI", incoming.full_path).partition("?")
    sent = _header(incoming)
    form = parse_qsl(incoming.get_data(as_text=True), keep_blank_values=True) if incoming.mimetype == FORM else []
    headed = [(name, value) for name, value in sent.items() if name not in ("realm", "oauth_signature")]
    params = [*parse_qsl(query, keep_blank_values=True), *headed, *form]
    return Signed(incoming.method, f"{incoming.scheme}://{incoming.host}{path}", params, sent)


def _header(incoming: Request) -> dict[str, str]:
    try:
        pairs = utils.parse_authorization_header(incoming.headers.get("Authorization", ""))
    except ValueError:
        return {}
    return {name: utils.unescape(value) for name, value in pairs}


def _is_complete(_: Exchange, signed: Signed) -> bool:
    return all(signed.sent.get(f"oauth_{name}") for name in _NAMES)


def _is_of_account(now: Exchange, signed: Signed) -> bool:
    return signed.sent.get("realm") == realm(now.world)


def _is_of_app(now: Exchange, signed: Signed) -> bool:
    return signed["consumer_key"] == now.world.grants.client_id


def _is_of_token(now: Exchange, _: Signed) -> bool:
    return now.credential == "valid" and now.token is not None and now.token.secret is not None


def _is_of_method(_: Exchange, signed: Signed) -> bool:
    return signed["signature_method"] == METHOD and signed.sent.get("oauth_version", "1.0") == "1.0"


def _is_of_now(_: Exchange, signed: Signed) -> bool:
    """Compare with real time: a world's clock may be moved, and its clients' clocks do not follow."""
    sent = signed["timestamp"]
    present = datetime.now(UTC).timestamp()
    return sent.isascii() and sent.isdigit() and len(sent) < 12 and abs(present - int(sent)) <= WINDOW


def _has_nonce(_: Exchange, signed: Signed) -> bool:
    return len(signed["nonce"]) >= NONCE


def _is_right(now: Exchange, signed: Signed) -> bool:
    token: Any = now.token
    try:
        return bool(signature.verify_hmac_sha256(signed, now.world.grants.client_secret, token.secret))
    except ValueError:  # an address that cannot be signed
        return False


def _is_fresh(now: Exchange, signed: Signed) -> bool:
    with now.world.lock:
        nonces: Nonces = now.world.counters.setdefault("nonces", Nonces())
    return nonces.take(signed)


_CHECKS: tuple[tuple[str, Callable[[Exchange, Signed], bool]], ...] = (
    (f"the header needs {', '.join(f'oauth_{name}' for name in _NAMES)}", _is_complete),
    ("the realm is not this account's id", _is_of_account),
    ("the consumer key is unknown", _is_of_app),
    ("the token is unknown or revoked", _is_of_token),
    (f"the signature method must be {METHOD}, the version 1.0", _is_of_method),
    (f"the timestamp is more than {WINDOW} seconds away", _is_of_now),
    (f"the nonce needs {NONCE} characters", _has_nonce),
    ("the signature is wrong", _is_right),
    ("the nonce was used before with this timestamp", _is_fresh),
)
"""What must hold, in this order: a nonce is used up by a request that is right in everything else."""

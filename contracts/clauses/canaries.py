"""Canaries: secrets and texts that stand in one place only, found wherever they went."""

import base64
import binascii
import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote_plus

SECRET = re.compile(r"<[\w-]+\.(?:accessToken|refreshToken|clientSecret|authorizationCode)>")
"""A secret as records show it: masks find it raw, in any case, percent-encoded, in Base64 and in hexadecimal, and so
three quarters of one. Smaller parts are no leak: the first eight or the last four characters, or a hash, tell which
token it was, and open nothing. From twelve characters on they are masked all the same (``<part of …>``).
"""
REFERENCE = "ref-[a-z]+"
"""How the words begin that stand in one text only, where a record does not say it."""
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_GATEWAY = "-gateway"


def secrets_in(value: Any) -> list[str]:
    """Return the labels of the secrets in a value."""
    return sorted(set(SECRET.findall(json.dumps(value))))


def data_in(value: Any, begins: str, titles: Sequence[str] = ()) -> list[str]:
    """Return what of the CRM's answers is in a value, plain or encoded, in either case: canaries, and these titles.

    A canary says of which world it is, and of which record, or that it is on a gateway's page (``gateway``); ``begins``
    is how those of a run do.
    """
    found, canary = set(), re.compile(rf"{begins.lower()}-\d+-\w+")
    for text in map(str.lower, _readings(value)):
        found |= set(canary.findall(text))
        found |= {title for title in titles if title.lower() in text}
    return sorted(found)


def foreign(value: Any, begins: str, world: str) -> list[str]:
    """Return the canaries in a value that are of another world than that."""
    own = f"{begins.lower()}-{world.rpartition('-')[2]}-"
    return [found for found in data_in(value, begins) if not re.match(own, found)]


def traces_in(value: Any, begins: str) -> list[str]:
    """Return the canaries of gateways' pages in a value."""
    return [found for found in data_in(value, begins) if found.endswith(_GATEWAY)]


def is_a_gateways(page: str) -> bool:
    """Return whether a response's body is a gateway's page: nothing else holds such a canary."""
    return _GATEWAY in page


def _readings(value: Any) -> Iterator[str]:
    """Return a value's text as it is, without percent-encoding, and with whatever in it is Base64 decoded."""
    plain = json.dumps(value, ensure_ascii=False)
    yield from (plain, unquote_plus(plain), plain.replace("\\", ""))
    for match in _ENCODED.finditer(plain):
        for part in {match.group(), *match.group().split("/")}:
            with contextlib.suppress(binascii.Error, ValueError):
                yield base64.b64decode(part.translate(_STANDARD) + "==").decode("utf-8", "replace")


_STANDARD = str.maketrans("-_", "+/")

"""Reading request bodies."""

import json
from typing import Any

from greenroom.simulators.core.exchange import UNREAD, exchange
from greenroom.simulators.core.nesting import MOST, deeper


def sent_json() -> Any:
    """Return the request's body read as JSON, or None where it is none, or one that nests too deep."""
    now = exchange()
    if now.sent is UNREAD:
        now.sent = _read(now.body)
    return now.sent


def _read(body: bytes) -> Any:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    nests = body.count(b"[") + body.count(b"{") > MOST  # counted first: that costs next to nothing
    return None if nests and deeper(sent, MOST) else sent


def media_is(*kinds: str) -> bool:
    """Tell whether the body's media type is one of these (or a kind of JSON), or not named at all."""
    sent = exchange().asked.mimetype
    return not sent or sent.endswith("json") or sent in kinds

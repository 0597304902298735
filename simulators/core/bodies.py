"""Reading request bodies."""

import json
from typing import Any

from flask import g, request

from greenroom.simulators.core.nesting import MOST, deeper


def sent_json() -> Any:
    """Return the request's body read as JSON, or None where it is none, or one that nests too deep."""
    try:
        sent = json.loads(g.body)
    except (ValueError, RecursionError):
        return None
    nests = g.body.count(b"[") + g.body.count(b"{") > MOST  # counted first: that costs next to nothing
    return None if nests and deeper(sent, MOST) else sent


def media_is(*kinds: str) -> bool:
    """Tell whether the body's media type is one of these (or a kind of JSON), or not named at all."""
    return not request.mimetype or request.mimetype.endswith("json") or request.mimetype in kinds

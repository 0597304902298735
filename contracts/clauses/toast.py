"""The App Connect user's view, computed from the end of a call.

Behaviour of ``@app-connect/core`` 1.7.41: ``handlers/appointment.js`` puts the result in an envelope, ``index.js``
builds the answer and validates it, ``lib/errorHandler.js`` and ``lib/generalErrorMessage.js`` word what escaped.
"""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.interfaces.interface import Interface, truthy

Seen = dict[str, Any]
LIMITED = (
    "You have exceeded the maximum number of requests allowed by {platform}. Please try again in the next minute. "
    "If the problem persists please contact support."
)
LOG_OUT = (
    "It seems like there's something wrong with your authorization of {platform}. "
    "Please Logout and then Connect your {platform} account within this extension."
)

_NOTHING = {
    "timed-out": "nothing: App Connect waits for ever",
    "crashed": "nothing: the process died",
    "not-judged": "unknown: the call is not judged",
}


def seen(outcome: Mapping[str, Any], interface: Interface, params: Mapping[str, Any], platform: str) -> Seen:
    """Return the toast: its HTTP status, its author, message, type, milliseconds and details (or None).

    ``platform`` is the CRM as ``user.platform`` names it.
    """
    if outcome["kind"] == "returned":
        return _answer(outcome, interface, params, platform)
    if outcome["kind"] == "raised":
        return _escaped(outcome["error"], interface, platform)
    return _toast(None, "nobody", _NOTHING[outcome["kind"]])


def _answer(outcome: Mapping[str, Any], interface: Interface, params: Mapping[str, Any], platform: str) -> Seen:
    value = outcome["value"]
    if outcome.get("unrepresentable"):
        return _toast(400, "core", outcome["unrepresentable"])
    if not isinstance(value, Mapping) or not isinstance(value.get("successful", True), bool):
        return _generic(interface, platform)
    if revokes(value):
        return _toast(401, "core", "the session is revoked")
    answer = interface.envelope(params, value)
    wrong = schemas.problem(f"{interface.name}.runtime", answer)
    if wrong:
        return _toast(400, "core", "the answer is not valid")
    said = answer.get("returnMessage", {})
    return _toast(200, "connector", said.get("message"), said.get("messageType"), said.get("ttl"), said.get("details"))


def revokes(value: Any) -> bool:
    """Return whether App Connect takes a result for the end of the user's session, whatever else it says."""
    known = isinstance(value, Mapping) and isinstance(value.get("successful", True), bool)
    return known and truthy(value.get("isRevokeUserSession"))


def _escaped(error: Mapping[str, Any], interface: Interface, platform: str) -> Seen:
    """Word an escaped error by its status, as the core does; ``throw null`` breaks the core's own handling."""
    status = error["status"]
    if error["type"] in ("null", "undefined"):
        return _toast(400, "core", "the error is nothing")
    if status == 429:
        return _worded("Rate limit exceeded", LIMITED.format(platform=platform))
    if status is not None and 400 <= status < 410:
        return _worded("Authorization error", LOG_OUT.format(platform=platform))
    return _generic(interface, platform)


def _generic(interface: Interface, platform: str) -> Seen:
    message, advice = (text.format(interface=interface.name, platform=platform) for text in interface.failed)
    return _worded(message, advice, 1)


def _worded(message: str, advice: str, number: Any = "1") -> Seen:
    """Return a toast in the core's own words. Their ids are sometimes text, sometimes a number."""
    items = [{"id": number, "type": "text", "text": advice}]
    return _toast(200, "core", message, "warning", 5000, [{"title": "Details", "items": items}])


def _toast(http: int | None, whose: str, message: Any, kind: Any = None, ttl: Any = None, details: Any = None) -> Seen:
    return {"http": http, "from": whose, "message": message, "messageType": kind, "ttl": ttl, "details": details}


def in_words(toast: Mapping[str, Any]) -> str:
    """Return what the user sees as one line."""
    if toast["http"] is None:
        return str(toast["message"])
    if toast["http"] == 400:
        return "HTTP 400 (no toast: App Connect refused the connector's answer)"
    if toast["http"] == 401:
        return "HTTP 401 (the session is revoked: the user has to connect again)"
    if toast["message"] is None and toast["messageType"] is None:
        return "no message of the connector's"
    kind = toast["messageType"] or "untyped"
    words = toast["message"] if toast["message"] is not None else "(an empty toast)"
    return f"[{kind}] {words}{''.join(f' ({text})' for text in _texts(toast.get('details')))}"


def _texts(details: Any) -> list[str]:
    """Return the texts of a toast's details, as far as they are of the documented form."""
    sections = [section for section in details or () if isinstance(section, Mapping)]
    items = [item for section in sections for item in _list(section.get("items")) if isinstance(item, Mapping)]
    return [item["text"] for item in items if isinstance(item.get("text"), str)]


def _list(value: Any) -> list[Any]:
    """Return a JSON list, or an empty one in place of anything else."""
    return value if isinstance(value, list) else []

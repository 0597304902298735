"""Reference connector for NetSuite: confirming sets the event's status.

Copy it. What it takes care of, and why:

* it looks first: what is confirmed already needs no write, and what somebody cancelled is not brought back silently;
* it sends the status and nothing else, because whatever else is sent overwrites what others wrote;
* a lost answer is looked up, never repeated blindly and never guessed;
* a whole exchange has a time-out, because App Connect sets none;
* the id and the account are checked before they become part of an address.
"""

import json
import re
import time
from typing import Any

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and between two pieces of an answer."""

NOT_FOUND = "Appointment not found in NetSuite. It may have been deleted."
_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    404: NOT_FOUND,
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}


def confirm_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Set the event's status to CONFIRMED and tell the user what happened.

    Args:
        user: App Connect's user; the first label of ``hostname`` is the NetSuite account.
        auth_header: sent to NetSuite unchanged.
        appointment_id: the event's internal id.

    """
    account = str(user["hostname"]).split(".")[0]
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(appointment_id)) or not re.fullmatch(r"[A-Za-z0-9-]+", account):
        return _failed(NOT_FOUND)
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{appointment_id}"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        return _confirm(session, url)


def _confirm(session: requests.Session, url: str) -> dict[str, Any]:
    answer = _send(session, "GET", url)
    before = _status(answer)
    if before is None:
        return _refused(answer)
    if before == "CONFIRMED":
        return _done("The appointment was confirmed already.")
    if before == "CANCELLED":
        return _failed("This appointment is cancelled. Please reinstate it in NetSuite first.")
    answer = _send(session, "PATCH", url, {"status": {"id": "CONFIRMED"}})
    if answer is None:
        return _look_again(session, url)
    return _done() if 200 <= answer[0] < 300 else _refused(answer)


def _look_again(session: requests.Session, url: str) -> dict[str, Any]:
    """Find out what a lost answer would have said."""
    now = _status(_send(session, "GET", url))
    if now == "CONFIRMED":
        return _done()
    if now:
        return _failed("NetSuite did not answer, and the appointment is not confirmed. Please try again.")
    return _failed("NetSuite did not answer. Please check in NetSuite whether the appointment is confirmed.")


def _status(answer: tuple[int, dict[str, Any]] | None) -> str | None:
    """Return the event's status, or None where the answer does not show it."""
    status = answer[1].get("status") if answer and answer[0] == 200 else None
    return str(status.get("id")) if isinstance(status, dict) else None


def _refused(answer: tuple[int, dict[str, Any]] | None) -> dict[str, Any]:
    if answer is None or answer[0] == 200:
        return _failed("NetSuite cannot be reached at the moment. The appointment was not confirmed.")
    return _failed(_TOLD.get(answer[0]) or _detail(*answer))


def _send(session: requests.Session, method: str, url: str, body: object = None) -> tuple[int, dict[str, Any]] | None:
    """Return status and body, or None where the answer was lost. A done write's body is unread, unless it is empty."""
    try:
        with session.request(method, url, json=body, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            unread = method == "PATCH" and 200 <= answer.status_code < 300 and answer.status_code != 204
            return answer.status_code, {} if unread else _read(answer)
    except (requests.RequestException, HTTPError):
        return None


def _read(answer: requests.Response) -> dict[str, Any]:
    """Read a body as it comes, but not for ever: a byte now and then outlasts any time-out between two reads."""
    limit, received = time.monotonic() + TIMEOUT[1], b""
    while piece := answer.raw.read1(65536, decode_content=True):
        received += piece
        if time.monotonic() > limit:
            msg = "the answer does not come to an end"
            raise requests.Timeout(msg)
    try:
        body = json.loads(received)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _detail(status: int, body: dict[str, Any]) -> str:
    details = body.get("o:errorDetails")
    texts = (
        [str(item.get("detail", "")) for item in details if isinstance(item, dict)] if isinstance(details, list) else []
    )
    detail = " ".join(text for text in texts if text)
    return detail or f"NetSuite could not confirm the appointment (HTTP {status}). Please try again later."


def _done(message: str = "Appointment confirmed in NetSuite.") -> dict[str, Any]:
    return {"successful": True, "returnMessage": {"message": message, "messageType": "success", "ttl": 3000}}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

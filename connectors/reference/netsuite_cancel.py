"""Reference connector for NetSuite: cancelling sets the event's status and keeps the record.

Copy it. What it takes care of, and why:

* it sends the status and nothing else, because whatever else is sent overwrites what others wrote;
* every request has a time-out, because App Connect sets none, and no body is read that is not needed;
* a lost answer is looked up (the status tells), never repeated blindly and never guessed;
* the id and the account are checked before they become part of an address;
* NetSuite's own sentence is shown where it has one: it names the missing permission, and never holds a token.
"""

import json
import re
import time
from typing import Any

import requests
from urllib3.exceptions import HTTPError

CANCELLATION = "transitioned"
"""Declared for users: cancelling keeps the event, with the status Canceled."""

TIMEOUT = (3, 3)
"""Seconds to connect, and between two pieces of an answer."""

NOT_FOUND = "Appointment not found in NetSuite. It may have been deleted."
_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    404: NOT_FOUND,
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}


def cancel_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Set the event's status to CANCELLED and tell the user what happened.

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
        return _cancel(session, url)


def _cancel(session: requests.Session, url: str) -> dict[str, Any]:
    answer = _send(session, "PATCH", url, {"status": {"id": "CANCELLED"}})
    if answer is None:
        return _look_again(session, url)
    status, body = answer
    return _done() if 200 <= status < 300 else _failed(_TOLD.get(status) or _detail(status, body))


def _look_again(session: requests.Session, url: str) -> dict[str, Any]:
    """Find out what a lost answer would have said."""
    answer = _send(session, "GET", url)
    status = answer[1].get("status") if answer and answer[0] == 200 else None
    if not status:
        return _failed("NetSuite did not answer. Please check in NetSuite whether the appointment is cancelled.")
    if isinstance(status, dict) and status.get("id") == "CANCELLED":
        return _done()
    return _failed("NetSuite did not answer, and the appointment still stands. Please try again.")


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
    return detail or f"NetSuite could not cancel the appointment (HTTP {status}). Please try again later."


def _done() -> dict[str, Any]:
    message = {"message": "Appointment cancelled in NetSuite.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

"""Reference connector for NetSuite: cancelling sets the event's status and keeps the record.

Copy it. What it takes care of, and why:

* it sends the status and nothing else, because whatever else is sent overwrites what others wrote;
* every request has a time-out, because App Connect sets none;
* a lost answer is looked up (the status tells), never repeated blindly and never guessed;
* the id and the account are checked before they become part of an address;
* NetSuite's own sentence is shown where it has one: it names the missing permission, and never holds a token.
"""

import re
from typing import Any

import requests

CANCELLATION = "transitioned"
"""Declared for users: cancelling keeps the event, with the status Canceled."""

TIMEOUT = (5, 15)
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
    if answer.ok and not answer.is_redirect:
        return _done()
    return _failed(_TOLD.get(answer.status_code) or _detail(answer))


def _look_again(session: requests.Session, url: str) -> dict[str, Any]:
    """Find out what a lost answer would have said."""
    answer = _send(session, "GET", url)
    status = _json(answer).get("status") if answer is not None and answer.status_code == 200 else None
    if not status:
        return _failed("NetSuite did not answer. Please check in NetSuite whether the appointment is cancelled.")
    if isinstance(status, dict) and status.get("id") == "CANCELLED":
        return _done()
    return _failed("NetSuite did not answer, and the appointment still stands. Please try again.")


def _send(session: requests.Session, method: str, url: str, body: object = None) -> requests.Response | None:
    """Return the answer, or None where it was lost."""
    try:
        return session.request(method, url, json=body, timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException:
        return None


def _detail(answer: requests.Response) -> str:
    details = _json(answer).get("o:errorDetails")
    texts = (
        [str(item.get("detail", "")) for item in details if isinstance(item, dict)] if isinstance(details, list) else []
    )
    told = " ".join(text for text in texts if text)
    return told or f"NetSuite could not cancel the appointment (HTTP {answer.status_code}). Please try again later."


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _done() -> dict[str, Any]:
    message = {"message": "Appointment cancelled in NetSuite.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

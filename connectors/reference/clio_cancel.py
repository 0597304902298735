"""Reference connector for Clio: cancelling deletes the calendar entry for good.

Copy it. What it takes care of, and why:

* it looks before it deletes, because after a lost answer a 404 alone cannot tell "deleted" from "never existed";
* every request has a time-out, because App Connect sets none, and no body is read that is not needed (a body that comes
  byte by byte outlasts any time-out between two reads);
* a lost answer is looked up, never repeated blindly and never guessed: the entry is gone where Clio itself says so in
  the body of its 404, which a proxy's page does not;
* the id is checked before it becomes part of a path;
* messages say what the user can do, and never show a token or a response body.
"""

import json
import re
import time
from typing import Any

import requests
from urllib3.exceptions import HTTPError

CANCELLATION = "removed"
"""Declared for users: cancelling removes the appointment."""

TIMEOUT = (3, 3)
"""Seconds to connect, and between two pieces of an answer."""

_TOLD: dict[int, str] = {
    401: "Clio did not accept your log-in. Please connect your Clio account again.",
    403: "You do not have permission to cancel this appointment in Clio.",
    404: "Appointment not found in Clio. It may have been cancelled already.",
    429: "Clio is receiving too many requests. Please try again in a minute.",
}


def cancel_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Delete the calendar entry and tell the user what happened.

    Args:
        user: App Connect's user; ``hostname`` is the Clio region, e.g. ``eu.app.clio.com``.
        auth_header: sent to Clio unchanged.
        appointment_id: the calendar entry's id.

    """
    if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
        return _failed(_TOLD[404])
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        return _cancel(session, url)


def _cancel(session: requests.Session, url: str) -> dict[str, Any]:
    before = _status(session, "GET", url)
    if before != 200:
        return _refused(before)
    deleted = _status(session, "DELETE", url)
    if deleted is None:
        return _look_again(session, url)
    return _done() if 200 <= deleted < 300 else _refused(deleted)


def _look_again(session: requests.Session, url: str) -> dict[str, Any]:
    """Find out what a lost answer would have said: the entry was there a moment ago."""
    now, error = _look(session, url)
    if now == 404 and error == "NotFoundError":
        return _done()
    if now == 200:
        return _failed("Clio did not answer, and the appointment still stands. Please try again.")
    return _failed("Clio did not answer. Please check in Clio whether the appointment is still there.")


def _status(session: requests.Session, method: str, url: str) -> int | None:
    """Return the HTTP status, or None where the answer was lost."""
    try:
        with session.request(method, url, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            return answer.status_code
    except (requests.RequestException, HTTPError):
        return None


def _look(session: requests.Session, url: str) -> tuple[int | None, str | None]:
    """Return the HTTP status of a look and, of a refusal, the type of error in Clio's own words, if they are."""
    try:
        with session.get(url, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            return answer.status_code, _error(answer) if answer.status_code >= 400 else None
    except (requests.RequestException, HTTPError):
        return None, None


def _error(answer: requests.Response) -> str | None:
    """Read the type of error in a body, but not for ever: a byte now and then outlasts any time-out."""
    limit, received = time.monotonic() + TIMEOUT[1], b""
    while piece := answer.raw.read1(65536, decode_content=True):
        received += piece
        if time.monotonic() > limit:
            return None
    try:
        body = json.loads(received)
    except ValueError:
        return None
    error = body.get("error") if isinstance(body, dict) else None
    return str(error.get("type")) if isinstance(error, dict) else None


def _refused(status: int | None) -> dict[str, Any]:
    if status is None:
        return _failed("Clio cannot be reached at the moment. The appointment was not cancelled.")
    return _failed(_TOLD.get(status, f"Clio could not cancel the appointment (HTTP {status}). Please try again later."))


def _done() -> dict[str, Any]:
    message = {"message": "Appointment cancelled and deleted in Clio.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

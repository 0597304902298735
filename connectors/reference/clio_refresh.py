"""Reference connector for Clio: the present state of one calendar entry.

Copy it. What it takes care of, and why:

* it asks Clio at each call, because the user wants what changed there, and says so if it got no answer;
* the start becomes UTC and the duration follows from both moments, because Clio writes them with the user's offset;
* a whole exchange has a time-out, because App Connect sets none, and some answers never end;
* the id is checked before it becomes part of a path;
* App Connect refuses a name that is null, so such a name is left out.
"""

import json
import re
import time
from datetime import UTC, datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"
_TOLD: dict[int, str] = {
    401: "Clio did not accept your log-in. Please connect your Clio account again.",
    403: "You do not have permission to see this appointment in Clio.",
    404: "Appointment not found in Clio. It may have been cancelled.",
    429: "Clio is receiving too many requests. Please try again in a minute.",
}


def refresh_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Return the calendar entry as Clio holds it now.

    Args:
        user: App Connect's user; ``hostname`` is the Clio region, e.g. ``eu.app.clio.com``.
        auth_header: sent to Clio unchanged.
        appointment_id: the calendar entry's id.

    """
    if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
        return _failed(_TOLD[404])
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    status, body = _get(url, auth_header)
    if status is None:
        return _failed("Clio cannot be reached at the moment. Please try again.")
    if status != 200:
        return _failed(
            _TOLD.get(status, f"Clio could not show the appointment (HTTP {status}). Please try again later.")
        )
    try:
        return {"successful": True, "appointment": _appointment(body["data"])}
    except (KeyError, TypeError, ValueError, AttributeError):
        return _failed("Clio's answer could not be read. Please try again later.")


def _appointment(entry: dict[str, Any]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(entry[name]) for name in ("start_at", "end_at"))
    attendees = [{name: value for name, value in each.items() if value is not None} for each in entry["attendees"]]
    return {
        "id": str(entry["id"]),
        "thirdPartyAppointmentId": str(entry["id"]),
        "title": entry["summary"] or "",
        "description": entry["description"] or "",
        "startTimeUtc": start.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": max(round((end - start).total_seconds() / 60), 0),
        "status": "scheduled",
        "contactId": next((str(each["id"]) for each in attendees if each.get("type") == "Contact"), ""),
        "attendees": attendees,
    }


def _get(url: str, auth_header: str) -> tuple[int | None, Any]:
    """Return status and body of the answer; no status where none came, no body where it is no JSON."""
    headers, params = {"Authorization": auth_header}, {"fields": FIELDS}
    try:
        with requests.get(
            url, params=params, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            return answer.status_code, _read(answer) if answer.status_code == 200 else None
    except (requests.RequestException, HTTPError):
        return None, None


def _read(answer: requests.Response) -> Any:
    """Read a body as it comes, but not for ever."""
    limit, received = time.monotonic() + TIMEOUT[1], b""
    while piece := answer.raw.read1(65536, decode_content=True):
        received += piece
        if time.monotonic() > limit:
            msg = "the answer does not come to an end"
            raise requests.Timeout(msg)
    try:
        return json.loads(received)
    except ValueError:
        return None


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

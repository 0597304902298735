"""Reference connector for NetSuite: the present state of one event.

Copy it. What it takes care of, and why:

* it asks NetSuite at each call, because the user wants what changed there, and says so if it got no answer;
* day and times are those of the event's own time zone: neither the server's nor a fixed offset will do, because of
  daylight saving time;
* the attendees are asked for (``expandSubResources``), because otherwise NetSuite sends a link to them;
* an all-day event has no times, so none are invented;
* the id and the account are checked before they become part of an address.
"""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

STATUSES = {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}
NOT_FOUND = "Appointment not found in NetSuite. It may have been deleted."
_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    404: NOT_FOUND,
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}


def refresh_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Return the event as NetSuite holds it now.

    Args:
        user: App Connect's user; the first label of ``hostname`` is the NetSuite account.
        auth_header: sent to NetSuite unchanged.
        appointment_id: the event's internal id.

    """
    account = str(user["hostname"]).split(".")[0]
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(appointment_id)) or not re.fullmatch(r"[A-Za-z0-9-]+", account):
        return _failed(NOT_FOUND)
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{appointment_id}"
    status, body = _get(url, auth_header)
    if status is None:
        return _failed("NetSuite cannot be reached at the moment. Please try again.")
    if status != 200:
        return _failed(_TOLD.get(status) or f"NetSuite could not show the appointment (HTTP {status}).")
    try:
        return {"successful": True, "appointment": _appointment(body)}
    except (KeyError, TypeError, ValueError, AttributeError):
        return _failed("NetSuite's answer could not be read. Please try again later.")


def _appointment(event: dict[str, Any]) -> dict[str, Any]:
    attendees = [_attendee(line["attendee"]) for line in event.get("attendee", {}).get("items", [])]
    return {
        "id": str(event["id"]),
        "thirdPartyAppointmentId": str(event["id"]),
        "title": event.get("title", ""),
        "description": event.get("message", ""),
        **_times(event),
        "status": STATUSES.get(event["status"]["id"], "scheduled"),
        "contactId": attendees[0]["id"] if attendees else "",
        "attendees": attendees,
    }


def _attendee(reference: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(reference["id"]), "name": str(reference.get("refName", "")), "type": "Contact"}


def _times(event: dict[str, Any]) -> dict[str, Any]:
    """Return start and duration; of an all-day event neither."""
    if not event.get("startTime"):
        return {"startTimeUtc": None, "durationMinutes": None}
    start, end = (_moment(event, name) for name in ("startTime", "endTime"))
    end += timedelta(days=1) if end < start else timedelta()
    written = start.isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"startTimeUtc": written, "durationMinutes": round((end - start).total_seconds() / 60)}


def _moment(event: dict[str, Any], name: str) -> datetime:
    """Return an event's day and wall time as a moment in UTC."""
    local = datetime.fromisoformat(f"{event['startDate']}T{event[name]}")
    return local.replace(tzinfo=ZoneInfo(event["timezone"])).astimezone(UTC)


def _get(url: str, auth_header: str) -> tuple[int | None, Any]:
    """Return status and body of the answer; no status where none came, no body where it is no JSON."""
    headers, params = {"Authorization": auth_header}, {"expandSubResources": "true"}
    try:
        with requests.get(
            url, params=params, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            return answer.status_code, _read(answer) if answer.status_code == 200 else None
    except (requests.RequestException, HTTPError):
        return None, None


def _read(answer: requests.Response) -> Any:
    """Read a body as it comes, but not for ever: a byte now and then outlasts any time-out between two reads."""
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

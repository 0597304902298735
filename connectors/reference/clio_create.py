"""Reference connector for Clio: a new calendar entry.

Copy it. What it takes care of, and why:

* Clio knows no idempotency key, so each call marks its entry with an external property that only this call knows;
* after a lost, failed or unreadable answer it looks for that mark, and never creates a second time: a title or a time
  may be somebody else's, too;
* where the look shows nothing either, it says that the result is not known;
* contacts come in three forms and maybe twice; ids stay digits, because a JavaScript number holds 16 of them at most;
* the entry goes to a calendar of the user's own, or else to one that they may write to;
* a whole exchange has a time-out, because App Connect sets none, and some answers never end.
"""

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"
MARK = "app-connect-request"
_TOLD: dict[int, str] = {
    401: "Clio did not accept your log-in. Please connect your Clio account again.",
    403: "You do not have permission to create appointments in Clio.",
    404: "Clio does not know one of the contacts. The appointment was not created.",
    429: "Clio is receiving too many requests. Please try again in a minute.",
}
_UNKNOWN = "Clio did not answer. Please check in Clio whether the appointment was created before you try again."


def create_appointment(*, user: dict[str, Any], auth_header: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Create a calendar entry and return it.

    Args:
        user: App Connect's user; ``hostname`` is the Clio region, e.g. ``eu.app.clio.com``.
        auth_header: sent to Clio unchanged.
        payload: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, maybe ``contacts``.

    """
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        return _create(session, f"https://{user['hostname']}/api/v4/", payload)


def _create(session: requests.Session, api: str, payload: dict[str, Any]) -> dict[str, Any]:
    status, calendars = _send(session, "GET", f"{api}calendars.json?writeable=true&fields=id,permission")
    if status != 200 or not isinstance(calendars, list):
        return _refused(status, "Clio cannot be reached at the moment. The appointment was not created.")
    if not calendars:
        return _failed("You have no calendar in Clio that you may write to.")
    mark = str(uuid.uuid4())
    calendar = min(calendars, key=lambda each: each.get("permission") != "owner")["id"]
    url = f"{api}calendar_entries.json"
    status, entry = _send(session, "POST", f"{url}?fields={FIELDS}", _entry(payload, calendar, mark))
    if status is None or status >= 500 or (status < 300 and not _whole(entry)):
        return _look_again(session, f"{url}?external_property_name={MARK}&external_property_value={mark}", status)
    return _done(entry) if status < 300 else _refused(status)


def _entry(payload: dict[str, Any], calendar: Any, mark: str) -> dict[str, Any]:
    start = datetime.fromisoformat(payload["startTimeUtc"]).astimezone(UTC)
    sent = payload.get("contacts") or []
    contacts = dict.fromkeys(int(each["id"] if isinstance(each, dict) else each) for each in sent)
    return {
        "calendar_owner": {"id": calendar},
        "summary": payload["title"],
        "description": payload["summary"],
        "start_at": start.isoformat(),
        "end_at": (start + timedelta(minutes=payload["durationMinutes"])).isoformat(),
        "attendees": [{"id": key, "type": "Contact"} for key in contacts],
        "external_properties": [{"name": MARK, "value": mark}],
    }


def _look_again(session: requests.Session, url: str, status: int | None) -> dict[str, Any]:
    """Find out what a lost answer would have said: whether the entry with this call's mark is there."""
    looked, found = _send(session, "GET", f"{url}&fields={FIELDS}")
    if looked != 200 or not isinstance(found, list):
        return _failed(_UNKNOWN)
    if found and _whole(found[0]):
        return _done(found[0])
    return _refused(status, _UNKNOWN)


def _whole(entry: Any) -> bool:
    return isinstance(entry, dict) and all(entry.get(name) for name in ("id", "start_at", "end_at"))


def _send(session: requests.Session, method: str, url: str, data: Any = None) -> tuple[int | None, Any]:
    """Return status and data of the answer; no status where none came, no data where it is no JSON of Clio's."""
    body = None if data is None else {"data": data}
    try:
        with session.request(method, url, json=body, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            return answer.status_code, _read(answer) if answer.status_code < 300 else None
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
        body = json.loads(received)
    except ValueError:
        return None
    return body.get("data") if isinstance(body, dict) else None


def _done(entry: dict[str, Any]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(entry[name]) for name in ("start_at", "end_at"))
    attendees = [{"name": "", **{k: v for k, v in each.items() if v is not None}} for each in entry["attendees"]]
    appointment = {
        "id": str(entry["id"]),
        "thirdPartyAppointmentId": str(entry["id"]),
        "title": entry["summary"] or "",
        "description": entry["description"] or "",
        "startTimeUtc": start.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": round((end - start).total_seconds() / 60),
        "status": "scheduled",
        "contactId": next((str(each["id"]) for each in attendees if each.get("type") == "Contact"), ""),
        "attendees": attendees,
    }
    message = {"message": "Appointment created in Clio.", "messageType": "success", "ttl": 3000}
    return {
        "successful": True,
        "appointmentId": appointment["id"],
        "appointment": appointment,
        "returnMessage": message,
    }


def _refused(status: int | None, otherwise: str | None = None) -> dict[str, Any]:
    known = f"Clio could not create the appointment (HTTP {status}). Please try again later."
    return _failed(_TOLD.get(status or 0) or (known if status else otherwise) or _UNKNOWN)


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

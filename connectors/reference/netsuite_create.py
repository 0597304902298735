"""Reference connector for NetSuite: a new event.

Copy it. What it takes care of, and why:

* NetSuite has no idempotency key for such requests, so each call writes under an external id that only this call knows
  (PUT ``eid:…``): sent twice, it is still one event;
* after the write, or a lost answer, it reads that external id: what is there is returned, whatever the answer was;
* a failing read after a good write is no failure: the id is in ``Location``;
* times are wall times in the zone that the user has in NetSuite, which a RESTlet of App Connect's SuiteApp tells; no
  zone, no event, because UTC would be hours off;
* NetSuite has no end date: what would end on another day, or in an hour that comes twice, is refused in words;
* contacts come in three forms and maybe twice.
"""

import json
import re
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

ZONE = "app/site/hosting/restlet.nl?script=customscript_gettimezone&deploy=customdeploy_gettimezone"
STATUSES = {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}
_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}
_UNREACHABLE = "NetSuite cannot be reached at the moment. The appointment was not created."
_UNKNOWN = "NetSuite did not answer. Please check in NetSuite whether the appointment was created before you try again."

Answer = tuple[int | None, Any, str]
"""Status, body and location of an answer; no status where none came, no body where it is no JSON."""


def create_appointment(*, user: dict[str, Any], auth_header: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Create an event and return it.

    Args:
        user: App Connect's user; the first label of ``hostname`` is the NetSuite account.
        auth_header: sent to NetSuite unchanged.
        payload: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, maybe ``contacts``.

    """
    account = str(user["hostname"]).split(".")[0]
    if not re.fullmatch(r"[A-Za-z0-9-]+", account):
        return _failed("The NetSuite account is not known. Please connect your NetSuite account again.")
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        return _create(session, account, payload)


def _create(session: requests.Session, account: str, payload: dict[str, Any]) -> dict[str, Any]:
    status, body, _ = _send(session, "GET", f"https://{account}.restlets.api.netsuite.com/{ZONE}")
    zone = _zone(body) if status == 200 else None
    if zone is None:
        unknown = "NetSuite did not tell your time zone. The appointment was not created."
        return _failed((_TOLD.get(status) or unknown) if status else _UNREACHABLE)
    event = _event(payload, zone)
    if event is None:
        return _failed("NetSuite cannot hold this time: an appointment ends on the day on which it starts.")
    records = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"
    url = f"{records}/eid:{uuid.uuid4()}"
    return _created(_send(session, "PUT", url, event), lambda: _send(session, "GET", f"{url}?expandSubResources=true"))


def _zone(body: Any) -> ZoneInfo | None:
    try:
        return ZoneInfo(body["userTimezone"])
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
        return None


def _event(payload: dict[str, Any], zone: ZoneInfo) -> dict[str, Any] | None:
    """Return the event's fields; None where its wall times on one day would say something else."""
    begins = datetime.fromisoformat(payload["startTimeUtc"])
    moments = (begins, begins + timedelta(minutes=payload["durationMinutes"]))
    start, end = (each.astimezone(zone) for each in moments)
    if start.date() != end.date() or start.fold or end.fold:
        return None
    sent = payload.get("contacts") or []
    contacts = dict.fromkeys(str(each["id"] if isinstance(each, dict) else each) for each in sent)
    return {
        "title": payload["title"],
        "message": payload["summary"],
        "startDate": start.date().isoformat(),
        "startTime": start.strftime("%H:%M"),
        "endTime": end.strftime("%H:%M"),
        "timedEvent": True,
        "attendee": {"items": [{"attendee": {"id": key}} for key in contacts]},
    }


def _created(written: Answer, read: Any) -> dict[str, Any]:
    """Return what came of a write, after a read of what is there by now; a write that was refused is not read."""
    status, body, location = written
    if status is not None and 300 <= status < 500:
        return _failed(_TOLD.get(status) or _detail(status, body))
    looked, event, _ = read()
    if looked == 200:
        try:
            return _done(_appointment(event))
        except (KeyError, TypeError, ValueError, AttributeError):
            pass
    key = location.rpartition("/")[2]
    if status is not None and status < 300 and key.isdecimal():
        return _done({"id": key})
    return _failed(_UNKNOWN)


def _appointment(event: dict[str, Any]) -> dict[str, Any]:
    start, end = (
        datetime.fromisoformat(f"{event['startDate']}T{event[name]}").replace(tzinfo=ZoneInfo(event["timezone"]))
        for name in ("startTime", "endTime")
    )
    lines = [line["attendee"] for line in event.get("attendee", {}).get("items", [])]
    attendees = [{"id": str(each["id"]), "name": str(each.get("refName", "")), "type": "Contact"} for each in lines]
    return {
        "id": str(event["id"]),
        "thirdPartyAppointmentId": str(event["id"]),
        "title": event.get("title", ""),
        "description": event.get("message", ""),
        "startTimeUtc": start.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60),
        "status": STATUSES.get(event["status"]["id"], "scheduled"),
        "contactId": attendees[0]["id"] if attendees else "",
        "attendees": attendees,
    }


def _send(session: requests.Session, method: str, url: str, body: object = None) -> Answer:
    try:
        with session.request(method, url, json=body, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            unread = method == "PUT" and 200 <= answer.status_code < 300 and answer.status_code != 204  # that is empty
            return answer.status_code, None if unread else _read(answer), answer.headers.get("Location", "")
    except (requests.RequestException, HTTPError):
        return None, None, ""


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


def _detail(status: int, body: Any) -> str:
    details = body.get("o:errorDetails") if isinstance(body, dict) else None
    texts = [str(each.get("detail", "")) for each in details or () if isinstance(each, dict)]
    text = " ".join(filter(None, texts))
    return text or f"NetSuite could not create the appointment (HTTP {status}). Please try again later."


def _done(appointment: dict[str, Any]) -> dict[str, Any]:
    message = {"message": "Appointment created in NetSuite.", "messageType": "success", "ttl": 3000}
    shown = {"appointment": appointment} if len(appointment) > 1 else {}
    return {"successful": True, "appointmentId": appointment["id"], **shown, "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

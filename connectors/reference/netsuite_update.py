"""Reference connector for NetSuite: changes what the patch names, and nothing else.

Copy it. What it takes care of, and why:

* it reads the event first: its time zone says which wall times a moment is, and a cancelled event is left alone;
* one PATCH has all fields, so no update is half done; a field that the patch lacks is not sent, because somebody else
  may have changed it;
* ``?replace=attendee`` replaces all lines, so employees are sent along: NetSuite knows who is one;
* an event of NetSuite has one day: what would cross midnight is refused in words;
* the event is read once more afterwards, for the user and after a lost answer; a failing read makes no failure of a
  good write;
* both spellings of cancelled become NetSuite's; a status that NetSuite does not have is refused;
* a whole exchange has a time-out, and the id and the account are checked before they become part of an address.
"""

import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

Event = dict[str, Any]
STATUSES = {
    "cancelled": "CANCELLED",
    "canceled": "CANCELLED",
    "confirmed": "CONFIRMED",
    "scheduled": "TENTATIVE",
    "tentative": "TENTATIVE",
    "completed": "COMPLETE",
}
NOT_FOUND = "Appointment not found in NetSuite. It may have been deleted."
UNREACHABLE = "NetSuite cannot be reached at the moment. The appointment was not changed."
_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    404: NOT_FOUND,
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}


class RefusedError(Exception):
    """The patch cannot be done; the text is for the user."""


def update_appointment(
    *, user: dict[str, Any], auth_header: str, appointment_id: str | int, patch_body: dict[str, Any]
) -> dict[str, Any]:
    """Change the event, and return it as it is then.

    Args:
        user: App Connect's user; the first label of ``hostname`` is the NetSuite account.
        auth_header: sent to NetSuite unchanged.
        appointment_id: the event's internal id.
        patch_body: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, ``contacts``; or a ``status`` alone.

    """
    account = str(user["hostname"]).split(".")[0]
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(appointment_id)) or not re.fullmatch(r"[A-Za-z0-9-]+", account):
        return _failed(NOT_FOUND)
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        services = f"https://{account}.suitetalk.api.netsuite.com/services/rest"
        try:
            return _update(session, services, f"{services}/record/v1/calendarEvent/{appointment_id}", patch_body)
        except RefusedError as why:
            return _failed(str(why))


def _update(session: requests.Session, services: str, url: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    event = _read(session, url)
    asked = STATUSES.get(str(patch.get("status")))
    if event["status"]["id"] == "CANCELLED":
        if asked == "CANCELLED":
            return _done(event)
        raise RefusedError("This appointment is cancelled. Please reinstate it in NetSuite first.")
    fields = _fields(patch, event)
    if "contacts" in patch:
        fields["attendee"] = {"items": _lines(patch["contacts"], event, _employees(session, services, event))}
    answer = _send(session, "PATCH", url, fields, {"replace": "attendee"} if "contacts" in patch else {})
    if answer is not None and not 200 <= answer[0] < 300:
        raise RefusedError(_TOLD.get(answer[0]) or _detail(*answer))
    try:
        after = _read(session, url)
    except RefusedError:
        return _done({**event, **fields}) if answer else _failed(_DOUBT)
    return _done(after) if answer or _as_asked(after, fields) else _failed(_UNDONE)


def _fields(patch: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """Return the fields of the patch in NetSuite's names."""
    names = {"title": "title", "summary": "message"}
    fields: dict[str, Any] = {name: patch[given] for given, name in names.items() if given in patch}
    if "status" in patch:
        if patch["status"] not in STATUSES:
            raise RefusedError(f"NetSuite has no status '{patch['status']}' for appointments.")
        fields["status"] = {"id": STATUSES[patch["status"]]}
    if {"startTimeUtc", "startTime", "durationMinutes"} & set(patch):
        fields |= _times(patch, event)
    return fields


def _times(patch: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """Return day and wall times in the event's own zone."""
    start, minutes = patch.get("startTimeUtc") or patch.get("startTime"), patch.get("durationMinutes")
    if not event.get("startTime") and (start is None or minutes is None):
        raise RefusedError("This is an all-day appointment. Please give a start and a duration.")
    begins = datetime.fromisoformat(start) if start else _moment(event, "startTime")
    local = begins.astimezone(ZoneInfo(event["timezone"]))
    ends = (begins + timedelta(minutes=_minutes(event) if minutes is None else minutes)).astimezone(local.tzinfo)
    if ends.date() != local.date():
        raise RefusedError("NetSuite's appointments begin and end on one day. Please choose another time.")
    whole = {"allDayEvent": False, "timedEvent": True} if event.get("allDayEvent") else {}
    return {
        **whole,
        "startDate": local.date().isoformat(),
        "startTime": local.strftime("%H:%M"),
        "endTime": ends.strftime("%H:%M"),
    }


def _lines(contacts: list[Any], event: Event, employees: set[str]) -> list[dict[str, Any]]:
    """Return the lines afterwards: employees as they are, and these contacts."""
    present = {str(line["attendee"]["id"]): line for line in event.get("attendee", {}).get("items", [])}
    wanted = dict.fromkeys(str(each["id"] if isinstance(each, dict) else each) for each in contacts)
    kept = [key for key in present if key in employees or key in wanted]
    known = [
        {"attendee": {"id": key}, **{name: {"id": present[key][name]["id"]} for name in ("attendance", "response")}}
        for key in kept
    ]
    return [*known, *({"attendee": {"id": key}} for key in wanted if key not in present)]


def _employees(session: requests.Session, services: str, event: Event) -> set[str]:
    """Return which attendees are employees; a line does not say what its attendee is."""
    keys = [str(line["attendee"]["id"]) for line in event.get("attendee", {}).get("items", [])]
    if not keys:
        return set()
    query = {"q": f"SELECT id FROM employee WHERE id IN ({', '.join(keys)})"}  # noqa: S608 - ids that NetSuite sent
    answer = _send(session, "POST", f"{services}/query/v1/suiteql", query)
    if answer is None or answer[0] != 200 or not isinstance(answer[1].get("items"), list):
        raise RefusedError("NetSuite did not say who the attendees are. The appointment was not changed.")
    return {str(row["id"]) for row in answer[1]["items"]}


def _as_asked(event: Event, fields: Mapping[str, Any]) -> bool:
    """Return whether an event holds what was sent."""
    held, asked = _appointment(event), _appointment({**event, **fields})
    people = [sorted(each["id"] for each in shown.pop("attendees")) for shown in (held, asked)]
    return people[0] == people[1] and all(held[name] == asked[name] for name in held if name != "contactId")


def _appointment(event: Event) -> dict[str, Any]:
    lines = [line["attendee"] for line in event.get("attendee", {}).get("items", [])]
    attendees = [{"id": str(each["id"]), "name": str(each.get("refName", "")), "type": "Contact"} for each in lines]
    timed = bool(event.get("startTime")) and not event.get("allDayEvent")
    start = _moment(event, "startTime").isoformat(timespec="seconds").replace("+00:00", "Z") if timed else None
    shown = {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}
    return {
        "id": str(event["id"]),
        "thirdPartyAppointmentId": str(event["id"]),
        "title": event.get("title") or "",
        "description": event.get("message") or "",
        "startTimeUtc": start,
        "durationMinutes": _minutes(event) if timed else None,
        "status": shown.get(event["status"]["id"], "scheduled"),
        "contactId": attendees[0]["id"] if attendees else "",
        "attendees": attendees,
    }


def _minutes(event: Event) -> int:
    start, end = _moment(event, "startTime"), _moment(event, "endTime")
    return round((end - start + (timedelta(days=1) if end < start else timedelta())).total_seconds() / 60)


def _moment(event: Event, name: str) -> datetime:
    """Return an event's day and wall time as a moment in UTC."""
    local = datetime.fromisoformat(f"{event['startDate']}T{event[name]}")
    return local.replace(tzinfo=ZoneInfo(event["timezone"])).astimezone(UTC)


def _read(session: requests.Session, url: str) -> Event:
    """Return the event as NetSuite holds it now."""
    answer = _send(session, "GET", url, None, {"expandSubResources": "true"})
    if answer is None:
        raise RefusedError(UNREACHABLE)
    if answer[0] != 200:
        raise RefusedError(_TOLD.get(answer[0]) or _detail(*answer))
    try:
        _appointment(answer[1])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RefusedError("NetSuite's answer could not be read. The appointment was not changed.") from None
    return answer[1]


def _send(
    session: requests.Session, method: str, url: str, body: object = None, params: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]] | None:
    """Return status and body, or None where the answer was lost. A done write's body is unread, unless it is empty."""
    headers = {"Prefer": "transient"} if method == "POST" else {}
    options: dict[str, Any] = {"timeout": TIMEOUT, "allow_redirects": False, "stream": True, "headers": headers}
    try:
        with session.request(method, url, json=body, params=params, **options) as answer:
            unread = method == "PATCH" and 200 <= answer.status_code < 300 and answer.status_code != 204
            return answer.status_code, {} if unread else _body(answer)
    except (requests.RequestException, HTTPError):
        return None


def _body(answer: requests.Response) -> dict[str, Any]:
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
    return detail or f"NetSuite could not change the appointment (HTTP {status}). Please try again later."


_DOUBT = "NetSuite did not answer. Please check in NetSuite whether the appointment was changed."
_UNDONE = "NetSuite did not answer, and the appointment is not as you asked. Please try again."


def _done(event: Event) -> dict[str, Any]:
    message = {"message": "Appointment updated in NetSuite.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "appointment": _appointment(event), "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

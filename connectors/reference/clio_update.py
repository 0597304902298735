"""Reference connector for Clio: changes what the patch names, and nothing else.

Copy it. What it takes care of, and why:

* it reads the entry first: contacts are replaced by adding and destroying, and a start without a duration needs the
  entry's own;
* one request has all fields, so no update is half done; a field that the patch lacks is not sent, because somebody
  else may have changed it;
* only contacts are removed from the attendees, never calendars;
* the entry is read once more afterwards, for the user and after a lost answer; a failing read makes no failure of a
  good write;
* Clio keeps no status: setting one is refused in words, except what holds anyway;
* a whole exchange has a time-out, and the id is checked before it becomes part of a path.
"""

import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and for an answer."""

FIELDS = "id,summary,description,start_at,end_at,all_day,attendees{id,name,type}"
Entry = dict[str, Any]
_TOLD: dict[int, str] = {
    401: "Clio did not accept your log-in. Please connect your Clio account again.",
    403: "You do not have permission to change this appointment in Clio.",
    404: "Appointment not found in Clio. It may have been cancelled.",
    422: "Clio does not accept these values for the appointment.",
    429: "Clio is receiving too many requests. Please try again in a minute.",
}
NO_STATUS = "Clio keeps no status of appointments. To cancel this one, use Cancel: it deletes the entry."


def update_appointment(
    *, user: dict[str, Any], auth_header: str, appointment_id: str | int, patch_body: dict[str, Any]
) -> dict[str, Any]:
    """Change the calendar entry, and return it as it is then.

    Args:
        user: App Connect's user; ``hostname`` is the Clio region, e.g. ``eu.app.clio.com``.
        auth_header: sent to Clio unchanged.
        appointment_id: the calendar entry's id.
        patch_body: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, ``contacts``; or a ``status`` alone.

    """
    if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
        return _failed(_TOLD[404])
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        return _update(session, f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json", patch_body)


def _update(session: requests.Session, url: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    status, entry = _send(session, "GET", url)
    if entry is None:
        return _refused(status)
    if "status" in patch:
        return _done(entry) if patch["status"] == "scheduled" else _failed(NO_STATUS)
    data = _data(patch, entry)
    status, after = _send(session, "PATCH", url, data)
    if after is None and (status is None or 200 <= status < 300):
        after = _send(session, "GET", url)[1]
    if status is None:
        return _done(after) if after and _as_asked(after, data) else _failed(_doubt(after))
    return _done(after or _patched(entry, data)) if 200 <= status < 300 else _refused(status)


def _data(patch: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Return the fields of the patch in Clio's names."""
    names = {"title": "summary", "summary": "description"}
    data: dict[str, Any] = {clio: patch[name] for name, clio in names.items() if name in patch}
    start = patch.get("startTimeUtc") or patch.get("startTime")
    if start or "durationMinutes" in patch:
        begins = datetime.fromisoformat(start or entry["start_at"])
        lasts = timedelta(minutes=patch["durationMinutes"]) if "durationMinutes" in patch else _duration(entry)
        data |= {"start_at": _utc(begins)} if start else {}
        data |= {"end_at": _utc(begins + lasts)}
        data |= {"all_day": False} if entry["all_day"] else {}
    if "contacts" in patch:
        data["attendees"] = _lines(patch["contacts"], entry["attendees"])
    return data


def _lines(contacts: list[Any], present: list[Entry]) -> list[Entry]:
    """Return what makes these the contacts: those that are missing, and those that are to go."""
    given = [each if isinstance(each, dict) else {"id": each} for each in contacts]
    wanted = [int(each["id"]) for each in given if each.get("type") != "Calendar"]
    known = {each["id"] for each in present if each["type"] == "Contact"}
    added = [{"id": key, "type": "Contact"} for key in dict.fromkeys(wanted) if key not in known]
    gone = sorted(known - set(wanted))
    return [*added, *({"id": key, "type": "Contact", "_destroy": True} for key in gone)]


def _as_asked(entry: Entry, data: Mapping[str, Any]) -> bool:
    """Return whether an entry holds what was sent."""
    present = {each["id"] for each in entry["attendees"]}
    lines = all((each["id"] in present) is not each.get("_destroy", False) for each in data.get("attendees", []))
    return lines and all(_same(entry[name], value) for name, value in _without_lines(data).items())


def _patched(entry: Entry, data: Mapping[str, Any]) -> Entry:
    """Return an entry with what was written: where no later answer shows it."""
    lines = data.get("attendees", [])
    gone = {each["id"] for each in lines if each.get("_destroy")}
    stay = [each for each in entry["attendees"] if each["id"] not in gone]
    added = [{**each, "name": ""} for each in lines if not each.get("_destroy")]
    return {**entry, **_without_lines(data), "attendees": [*stay, *added]}


def _without_lines(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "attendees"}


def _same(held: Any, sent: Any) -> bool:
    """Return whether two values are the same: moments in any zone, and no text is an empty one."""
    try:
        return datetime.fromisoformat(held) == datetime.fromisoformat(sent)
    except (TypeError, ValueError):
        return (held or "") == (sent or "")


def _appointment(entry: Entry) -> dict[str, Any]:
    start = datetime.fromisoformat(entry["start_at"])
    attendees = [{name: value for name, value in each.items() if value is not None} for each in entry["attendees"]]
    return {
        "id": str(entry["id"]),
        "thirdPartyAppointmentId": str(entry["id"]),
        "title": entry["summary"] or "",
        "description": entry["description"] or "",
        "startTimeUtc": _utc(start),
        "durationMinutes": max(round(_duration(entry).total_seconds() / 60), 0),
        "status": "scheduled",
        "contactId": next((str(each["id"]) for each in attendees if each.get("type") == "Contact"), ""),
        "attendees": attendees,
    }


def _duration(entry: Entry) -> timedelta:
    return datetime.fromisoformat(entry["end_at"]) - datetime.fromisoformat(entry["start_at"])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _send(session: requests.Session, method: str, url: str, data: object = None) -> tuple[int | None, Entry | None]:
    """Return the status and the entry of an answer: no status where none came, no entry where it shows none."""
    try:
        with session.request(
            method,
            url,
            params={"fields": FIELDS},
            json=None if data is None else {"data": data},
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return answer.status_code, _entry(answer) if answer.status_code == 200 else None
    except requests.RequestException:
        return None, None


def _entry(answer: requests.Response) -> Entry | None:
    """Read the entry in a body, but not for ever: a byte now and then outlasts any time-out between two reads."""
    limit, received = time.monotonic() + TIMEOUT[1], b""
    try:
        while piece := answer.raw.read1(65536, decode_content=True):
            received += piece
            if time.monotonic() > limit:
                return None
        entry = json.loads(received)["data"]
        _appointment(entry)
        bool(entry["all_day"])
    except (requests.RequestException, HTTPError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return dict(entry)


def _refused(status: int | None) -> dict[str, Any]:
    if status is None or status == 200:
        return _failed("Clio cannot be reached at the moment. The appointment was not changed.")
    return _failed(_TOLD.get(status, f"Clio could not change the appointment (HTTP {status}). Please try again later."))


def _doubt(after: Entry | None) -> str:
    if after is None:
        return "Clio did not answer. Please check in Clio whether the appointment was changed."
    return "Clio did not answer, and the appointment is not as you asked. Please try again."


def _done(entry: Entry) -> dict[str, Any]:
    message = {"message": "Appointment updated in Clio.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "appointment": _appointment(entry), "returnMessage": message}


def _failed(message: str) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

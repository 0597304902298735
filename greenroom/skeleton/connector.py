"""Reference connector for Tidepool: cancel, refresh and list. Copy it.

It looks before and after a write, gives each request a time-out, and shows the user no token and no body.
"""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import HTTPError

CANCELLATION = "tombstoned"
"""Declared for users: the event stays, with the status cancelled."""
WORDS = {
    401: "Tidepool did not accept your log-in. Please connect your Tidepool account again.",
    403: "You do not have permission to do this in Tidepool.",
    404: "Appointment not found in Tidepool.",
    429: "Tidepool is receiving too many requests. Please try again in a minute.",
    None: "Tidepool did not respond. Please check the appointment in Tidepool.",
    200: "Tidepool's response could not be read. Please try again later.",
}


def cancel_appointment(*, user, auth_header, appointment_id):
    """Cancel an event; where the response was lost, see whether it is cancelled."""
    status, event = _one(user, auth_header, appointment_id)
    if event and event["status"] != "cancelled":
        status, _ = _send("DELETE", user, auth_header, f"/{appointment_id}")
        event = _one(user, auth_header, appointment_id)[1] if status in (None, 410) else None
    done = status == 204 or (event is not None and event["status"] == "cancelled")
    return _said("Appointment cancelled in Tidepool.", done=True) if done else _failed(status)


def refresh_appointment(*, user, auth_header, appointment_id):
    """Return an event as it is now."""
    status, event = _one(user, auth_header, appointment_id)
    return {"successful": True, "appointment": _appointment(event)} if event else _failed(status)


def list_appointments(*, user, auth_header, range=None):  # noqa: A002 - App Connect's name
    """Return the events of some days, by the user's own days, from all pages."""
    zone, day = ZoneInfo(user.get("timezoneName") or "UTC"), timedelta(days=1)
    today = datetime.now(zone).date()
    first, last = (range["startDate"], range["endDate"]) if range else (str(today), str(today + 90 * day))
    since, until = (datetime.fromisoformat(f"{each}T00:00:00Z") for each in (first, last))
    asked, found, limit = {"from": _utc(since - day), "until": _utc(until + 2 * day)}, {}, time.monotonic() + 12
    while True:
        status, page = _send("GET", user, auth_header, "", asked)
        if status != 200 or not isinstance(page, dict) or not isinstance(page.get("items"), list):
            return _failed(status)
        found |= {event["id"]: event for event in page["items"]}
        if not page.get("nextPageToken"):
            break
        if time.monotonic() > limit:
            return _failed(429)
        asked["pageToken"] = page["nextPageToken"]
    chosen = [event for event in found.values() if first <= str(_moment(event["begins"], zone).date()) <= last]
    return {"successful": True, "appointments": [_appointment(event) for event in chosen]}


def _one(user, auth_header, key):
    """Return the status, and the event where it can be read."""
    if not re.fullmatch("[a-v0-9]{5,64}", str(key)):
        return 404, None
    status, event = _send("GET", user, auth_header, f"/{key}")
    readable = status == 200 and isinstance(event, dict) and {"id", "begins", "ends", "status"} <= event.keys()
    return status, event if readable else None


def _send(method, user, auth_header, path, params=None):
    """Return status and body; no status where the response was lost, no body where it is no JSON."""
    url, limit = f"https://{user['hostname']}/v1/events{path}", time.monotonic() + 3
    options = {"allow_redirects": False, "stream": True, "headers": {"Authorization": auth_header}}
    try:
        with requests.request(method, url, params=params, timeout=3, **options) as response:
            received = b""
            while piece := response.raw.read1(65536, decode_content=True):
                received += piece
                if time.monotonic() > limit:  # a byte now and then outlasts any time-out between two reads
                    return None, None
        return response.status_code, json.loads(received)
    except ValueError:
        return response.status_code, None
    except (requests.RequestException, HTTPError):
        return None, None


def _appointment(event):
    start, end = _moment(event["begins"]), _moment(event["ends"])
    known = {"id": event["id"], "thirdPartyAppointmentId": event["id"], "contactId": "", "attendees": []}
    times = {"startTimeUtc": _utc(start), "durationMinutes": round((end - start).total_seconds() / 60)}
    status = "cancelled" if event["status"] == "cancelled" else "scheduled"
    return {**known, **times, "title": event["title"], "description": event["notes"] or "", "status": status}


def _moment(text, zone=UTC):
    return datetime.fromisoformat(text).astimezone(zone)


def _utc(moment):
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _failed(status):
    return _said(WORDS.get(status, f"Tidepool did not do this (HTTP {status}). Please try again later."), done=False)


def _said(message, *, done):
    kind = "success" if done else "warning"
    return {"successful": done, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}

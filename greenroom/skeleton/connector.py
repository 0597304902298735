"""Reference connector for Tidepool: cancel, refresh and list. Copy it.

It looks before and after a write, gives each request a time-out, and never shows a token or a body to the user.
"""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import requests

WORDS = {
    401: "Tidepool did not accept your log-in. Please connect your Tidepool account again.",
    403: "You do not have permission to do this in Tidepool.",
    404: "Appointment not found in Tidepool.",
    429: "Tidepool is receiving too many requests. Please try again in a minute.",
    None: "Tidepool did not respond. Please check the appointment in Tidepool.",
    200: "Tidepool's response could not be read. Please try again later.",
}


def cancel_appointment(*, user, auth_header, appointment_id):
    """Cancel an event, and see that it is cancelled where the response was lost."""
    before = _one(user, auth_header, appointment_id)
    if before[0] != 200:
        return _failed(before[0])
    if _is_cancelled(before):
        return _done()
    status, _ = _send("DELETE", user, auth_header, f"/{appointment_id}")
    if status in (200, 204):
        return _done()
    if status in (None, 410) and _is_cancelled(_one(user, auth_header, appointment_id)):
        return _done()
    return _failed(status)


def refresh_appointment(*, user, auth_header, appointment_id):
    """Return an event as it is now."""
    status, event = _one(user, auth_header, appointment_id)
    return {"successful": True, "appointment": _appointment(event)} if event else _failed(status)


def list_appointments(*, user, auth_header, range=None):
    """Return the events of some days, by the user's own days, from all pages."""
    zone = ZoneInfo(user.get("timezoneName") or "UTC")
    today = datetime.now(zone).date()
    first, last = (range["startDate"], range["endDate"]) if range else (str(today), str(today + timedelta(days=90)))
    since, until = (datetime.fromisoformat(f"{day}T00:00:00Z") for day in (first, last))
    asked = {"from": _utc(since - timedelta(days=1)), "until": _utc(until + timedelta(days=2))}
    found, limit = {}, time.monotonic() + 12
    while True:
        status, page = _send("GET", user, auth_header, "", asked)
        if status != 200 or not isinstance(page, dict) or not isinstance(page.get("items"), list):
            return _failed(status)
        found |= {event["id"]: event for event in page["items"]}
        asked["pageToken"] = page.get("nextPageToken")
        if asked["pageToken"] is None or time.monotonic() > limit:
            break
    if asked["pageToken"]:
        return _failed(429)
    days = {key: str(_moment(event["begins"]).astimezone(zone).date()) for key, event in found.items()}
    chosen = [_appointment(event) for key, event in found.items() if first <= days[key] <= last]
    return {"successful": True, "appointments": chosen}


def _one(user, auth_header, key):
    """Return the status, and the event where it can be read."""
    if not re.fullmatch("[a-v0-9]{5,64}", str(key)):
        return 404, None
    status, event = _send("GET", user, auth_header, f"/{key}")
    return status, event if isinstance(event, dict) and {"id", "begins", "ends", "status"} <= event.keys() else None


def _is_cancelled(looked):
    return bool(looked[1]) and looked[1]["status"] == "cancelled"


def _send(method, user, auth_header, path, params=None):
    """Return status and body, (None, None) where the response was lost or does not end."""
    url, headers, limit = (
        f"https://{user['hostname']}/v1/events{path}",
        {"Authorization": auth_header},
        time.monotonic() + 3,
    )
    try:
        with requests.request(
            method, url, params=params, headers=headers, timeout=3, allow_redirects=False, stream=True
        ) as response:
            received = b""
            for piece in response.iter_content(1 if method == "DELETE" else 64):
                received += piece
                if time.monotonic() > limit:
                    return None, None
            return response.status_code, json.loads(received or "null")
    except ValueError:
        return response.status_code, None
    except requests.RequestException:
        return None, None


def _appointment(event):
    start, end = _moment(event["begins"]), _moment(event["ends"])
    return {
        "id": event["id"],
        "thirdPartyAppointmentId": event["id"],
        "title": event["title"],
        "description": event["notes"] or "",
        "startTimeUtc": _utc(start),
        "durationMinutes": round((end - start).total_seconds() / 60),
        "status": "cancelled" if event["status"] == "cancelled" else "scheduled",
        "contactId": "",
        "attendees": [],
    }


def _moment(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def _utc(moment):
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _done():
    return {"successful": True, "returnMessage": _said("Appointment cancelled in Tidepool.", "success")}


def _failed(status):
    words = WORDS.get(status, f"Tidepool did not do this (HTTP {status}). Please try again later.")
    return {"successful": False, "returnMessage": _said(words, "warning")}


def _said(message, kind):
    return {"message": message, "messageType": kind, "ttl": 5000}

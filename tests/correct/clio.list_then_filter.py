"""Reads all entries, page by page, and chooses by the user's days with dateutil. [list-*]"""

import datetime as dt

import requests
from dateutil import parser, tz

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"


def list_appointments(*, user, auth_header, range=None):
    url, params, entries = f"https://{user['hostname']}/api/v4/calendar_entries.json", {"fields": FIELDS}, {}
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        try:
            while url:
                answer = session.get(url, params=params, timeout=5, allow_redirects=False)
                if answer.status_code != 200:
                    return failed(f"Clio could not list the appointments (HTTP {answer.status_code}).")
                page = answer.json()
                entries |= {entry["id"]: entry for entry in page["data"]}
                url, params = page["meta"]["paging"].get("next"), None
        except (requests.RequestException, ValueError, LookupError, TypeError):
            return failed("Clio cannot be reached at the moment.")
    zone = tz.gettz(user["timezoneName"])
    found = [appointment(entry) for entry in entries.values()]
    return {
        "appointments": [item for item in found if inside(item, range, zone)]
    }  # without 'successful', as documented


def inside(item, days, zone):
    day = parser.isoparse(item["startTimeUtc"]).astimezone(zone).date().isoformat()
    return days is None or days["startDate"] <= day <= days["endDate"]


def appointment(entry):
    start, end = parser.isoparse(entry["start_at"]), parser.isoparse(entry["end_at"])
    return {
        "id": entry["id"],
        "thirdPartyAppointmentId": entry["id"],
        "title": entry["summary"],
        "description": entry["description"],
        "startTimeUtc": start.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "durationMinutes": (end - start) // dt.timedelta(minutes=1),
        "status": "scheduled",
        "contactId": None,
        "attendees": [{"id": a["id"], "name": a["name"] or "", "type": a["type"]} for a in entry["attendees"]],
    }


def failed(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "error", "ttl": 5000}}

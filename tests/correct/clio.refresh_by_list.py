"""Refreshes by the list, with the id as a filter: an empty list means not found."""

from datetime import datetime, timezone

import requests

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"


def refresh_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries.json"
    query = {"fields": FIELDS, "ids[]": str(appointment_id)}
    try:
        response = requests.get(
            url, params=query, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False
        )
        entries = response.json()["data"] if response.status_code == 200 else None
        if entries is not None:
            entries = [each for each in entries if each["id"] == str(appointment_id)]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return told("Clio cannot be reached at the moment.")
    if entries is None:
        return told("Clio does not show this appointment.")
    return {"appointment": appointment(entries[0])} if entries else told("Appointment not found in Clio.")


def appointment(entry):
    start, end = (datetime.fromisoformat(entry[name]).astimezone(timezone.utc) for name in ("start_at", "end_at"))
    return {
        "id": entry["id"],
        "title": entry["summary"],
        "description": entry["description"],
        "startTimeUtc": start.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "durationMinutes": (end - start).total_seconds() // 60,
        "status": "scheduled",
        "attendees": entry["attendees"],
    }


def told(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

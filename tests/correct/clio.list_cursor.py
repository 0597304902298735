"""Walks small pages by the cursor, in the order of ids; Clio filters by moments, and late evenings count by UTC. [list-*]"""

from datetime import UTC, datetime
from datetime import date as day

import requests


def list_appointments(*, user, auth_header, range=None):
    params = {"fields": "id,summary,description,start_at,end_at", "order": "id(asc)", "limit": 50}
    if range:
        params |= {"from": f"{range['startDate']}T00:00:00Z", "to": f"{range['endDate']}T23:59:59Z"}
    url, items = f"https://{user['hostname']}/api/v4/calendar_entries.json", {}
    try:
        while url:
            answer = requests.get(
                url, params=params, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False
            )
            answer.raise_for_status()
            if answer.status_code != 200:
                return failed()
            page = answer.json()
            items.update((entry["id"], appointment(entry)) for entry in page["data"])
            url, params = page["meta"]["paging"].get("next"), None
    except (requests.RequestException, ValueError, LookupError, TypeError):
        return failed()
    return {"successful": True, "appointments": [item for item in items.values() if inside(item, range)]}


def inside(item, days):
    start = datetime.fromisoformat(item["startTimeUtc"]).date()
    return not days or day.fromisoformat(days["startDate"]) <= start <= day.fromisoformat(days["endDate"])


def appointment(entry):
    start, end = (datetime.fromisoformat(entry[name]).astimezone(UTC) for name in ("start_at", "end_at"))
    minutes = (end - start).total_seconds() / 60
    told = {"id": entry["id"], "title": entry["summary"], "description": entry["description"] or ""}
    return {**told, "startTimeUtc": start.isoformat(), "durationMinutes": minutes, "status": "scheduled"}


def failed():
    message = {"message": "Clio cannot list the appointments now.", "messageType": "warning", "ttl": 5000}
    return {"successful": False, "returnMessage": message}

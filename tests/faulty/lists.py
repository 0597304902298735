"""What the faulty connectors that list share: a right list in parts, of which each replaces the one that it gets wrong."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

import requests

FIELDS = "id,summary,description,start_at,end_at,all_day,attendees{id,name,type}"
DAY = timedelta(days=1)


def ask(url, auth_header, **more):
    return requests.get(url, headers={"Authorization": auth_header}, timeout=10, **more)


def clio_url(user):
    return f"https://{user['hostname']}/api/v4/calendar_entries.json"


def clio_pages(user, auth_header, **query):
    """Return all pages; raises where one does not come."""
    url, pages = clio_url(user), []
    params = {"fields": FIELDS, **query}
    while url:
        answer = ask(url, auth_header, params=params, allow_redirects=False)
        if answer.status_code != 200:
            raise OSError(f"HTTP {answer.status_code}")
        pages.append(answer.json())
        url, params = pages[-1]["meta"]["paging"].get("next"), None
    return [page["data"] for page in pages]


def clio_item(entry, **more):
    start, end = datetime.fromisoformat(entry["start_at"]), datetime.fromisoformat(entry["end_at"])
    return {
        "id": entry["id"],
        "title": entry["summary"],
        "description": entry["description"] or "",
        "startTimeUtc": start.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "durationMinutes": (end - start).total_seconds() / 60,
        "status": "scheduled",
        **more,
    }


def netsuite_pages(user, auth_header, size=1000, **query):
    """Return all pages of whole events; raises where one does not come."""
    account = user["hostname"].split(".")[0]
    url, pages = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent", []
    while not pages or pages[-1]["hasMore"]:
        params = {"expandRecords": "true", "limit": size, "offset": size * len(pages), **query}
        answer = ask(url, auth_header, params=params, allow_redirects=False)
        if answer.status_code != 200:
            raise OSError(f"HTTP {answer.status_code}")
        pages.append(answer.json())
    return [page["items"] for page in pages]


def netsuite_timed(event):
    return not event["allDayEvent"] and "startTime" in event


def netsuite_start(event, zone=None):
    wall = clock.fromisoformat(event["startTime"]) if netsuite_timed(event) else clock()
    return datetime.combine(date.fromisoformat(event["startDate"]), wall, zone or ZoneInfo(event["timezone"]))


def netsuite_minutes(event):
    if not netsuite_timed(event):
        return 24 * 60
    first, last = (clock.fromisoformat(event[name]) for name in ("startTime", "endTime"))
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def netsuite_item(event, zone=None, **more):
    start = netsuite_start(event, zone)
    return {
        "id": event["id"],
        "title": event.get("title") or "",
        "description": event.get("message") or "",
        "startTimeUtc": start.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "durationMinutes": netsuite_minutes(event),
        "status": "cancelled" if event["status"]["id"] == "CANCELLED" else "scheduled",
        **more,
    }


def user_zone(user):
    return ZoneInfo(user["timezoneName"] or "America/Los_Angeles")


def chosen(items, days, zone):
    """Return those that begin in the range, by the days of a zone."""
    if not days:
        return items
    first, last = (date.fromisoformat(days[name]) for name in ("startDate", "endDate"))
    return [i for i in items if first <= datetime.fromisoformat(i["startTimeUtc"]).astimezone(zone).date() <= last]


def clio_list(user, auth_header, days, item=clio_item, **query):
    entries = {entry["id"]: entry for page in clio_pages(user, auth_header, **query) for entry in page}
    return chosen([item(entry) for entry in entries.values()], days, user_zone(user))


def netsuite_list(user, auth_header, days, item=netsuite_item, **query):
    events = {event["id"]: event for page in netsuite_pages(user, auth_header, **query) for event in page}
    return chosen([item(event) for event in events.values()], days, user_zone(user))


def listed(items):
    return {"successful": True, "appointments": items}


def failed(message="The appointments cannot be listed at the moment."):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

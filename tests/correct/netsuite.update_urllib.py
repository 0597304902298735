"""Uses the standard library, keeps the event's zone as it is, leaves attendees who are no contacts, and knows no status."""

import json
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_more):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    key = str(appointment_id)
    if not key.isascii() or not key.isdigit() or key.startswith("0"):
        return failed("This is no appointment of NetSuite's.")
    if "status" in patch_body:
        return failed("Please use Confirm or Cancel to change the status.")
    services = f"https://{user['hostname'].split('.')[0]}.suitetalk.api.netsuite.com/services/rest"
    url = f"{services}/record/v1/calendarEvent/{key}"
    try:
        _, event = send("GET", f"{url}?expandSubResources=true", auth_header)
        if shown(event)["status"] == "cancelled":
            return failed("The appointment is cancelled.")
        body, query = fields(patch_body, event), ""
        if "contacts" in patch_body:
            body["attendee"], query = lines(patch_body["contacts"], event, services, auth_header), "?replace=attendee"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return failed(f"The appointment was not changed: {reason(error)}")
    try:
        status, _ = send("PATCH", url + query, auth_header, body)
    except (OSError, ValueError) as error:
        return failed(f"NetSuite did not confirm the change: {reason(error)}")
    if status == 202:
        return failed("NetSuite will do it later.")
    try:
        _, after = send("GET", f"{url}?expandSubResources=true", auth_header)
        return {"successful": True, "appointment": shown(after)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {"successful": True, "appointment": shown({**event, **body})}


def send(method, url, auth_header, body=None):
    """Return status and JSON; raises for any other response."""
    headers = {"Authorization": auth_header, "Content-Type": "application/json"}
    headers |= {"Prefer": "transient"} if method == "POST" else {}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    with OPENER.open(request, timeout=4) as answer:
        return answer.status, json.loads(answer.read()) if method != "PATCH" else None


def fields(patch, event):
    found = {ours: patch[name] for name, ours in (("title", "title"), ("summary", "message")) if name in patch}
    start = patch.get("startTimeUtc") or patch.get("startTime")
    if start or "durationMinutes" in patch:
        zone, minutes = ZoneInfo(event["timezone"]), patch.get("durationMinutes")
        first = datetime.fromisoformat(start).astimezone(zone) if start else moment(event, "startTime")
        lasts = moment(event, "endTime") - moment(event, "startTime") if minutes is None else timedelta(minutes=minutes)
        last = (first.astimezone(timezone.utc) + lasts).astimezone(zone)
        if last.date() != first.date():
            raise ValueError("it would end on another day")
        found |= {"startDate": f"{first:%Y-%m-%d}", "startTime": f"{first:%H:%M}", "endTime": f"{last:%H:%M}"}
        found |= {"allDayEvent": False, "timedEvent": True} if event.get("allDayEvent") else {}
    return found


def lines(contacts, event, services, auth_header):
    """Return the contacts, and whoever is invited and is no contact."""
    there = [line["attendee"]["id"] for line in event["attendee"]["items"]]
    query = {"q": f"SELECT id FROM contact WHERE id IN ({', '.join(there) or '0'})"}
    _, rows = send("POST", f"{services}/query/v1/suiteql", auth_header, query)
    known = {str(row["id"]) for row in rows["items"]}
    wanted = [str(each["id"] if isinstance(each, dict) else each) for each in contacts]
    keys = dict.fromkeys([*(key for key in there if key not in known), *wanted])
    return {"items": [{"attendee": {"id": key}} for key in keys]}


def moment(event, name):
    return datetime.fromisoformat(f"{event['startDate']}T{event[name]}").replace(tzinfo=ZoneInfo(event["timezone"]))


def shown(event):
    timed = event.get("startTime") and not event.get("allDayEvent")
    people = [line["attendee"] for line in event.get("attendee", {}).get("items", [])]
    return {
        "id": event["id"],
        "title": event.get("title") or "",
        "description": event.get("message") or "",
        "startTimeUtc": moment(event, "startTime").astimezone(timezone.utc).isoformat() if timed else None,
        "durationMinutes": (moment(event, "endTime") - moment(event, "startTime")).seconds // 60 if timed else None,
        "status": {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}.get(event["status"]["id"], "scheduled"),
        "attendees": [{"id": each["id"], "name": each.get("refName", "")} for each in people],
    }


def reason(error):
    return f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else type(error).__name__


def failed(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 4000}}

"""What the faulty connectors that read share: a right refresh in parts, of which each replaces the one that it gets wrong."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from parts import ask, clio_url, failed, netsuite_url

UTC = timezone.utc
FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"


def clio_read(user, auth_header, appointment_id, **more):
    return ask("GET", clio_url(user, appointment_id), auth_header, params={"fields": FIELDS}, **more)


def netsuite_read(user, auth_header, appointment_id, **more):
    return ask("GET", netsuite_url(user, appointment_id), auth_header, params={"expandSubResources": "true"}, **more)


def written(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def clio_appointment(entry, **wrong):
    start, end = (datetime.fromisoformat(entry[name]) for name in ("start_at", "end_at"))
    return {
        "id": entry["id"],
        "thirdPartyAppointmentId": entry["id"],
        "title": entry["summary"],
        "description": entry["description"],
        "startTimeUtc": written(start),
        "durationMinutes": (end - start).total_seconds() / 60,
        "status": "scheduled",
        "contactId": "",
        "attendees": entry["attendees"],
        **wrong,
    }


def wall(event, name, zone=None):
    """Return an event's day and wall time as a moment; None of one without times."""
    if not event.get(name):
        return None
    return datetime.fromisoformat(f"{event['startDate']}T{event[name]}").replace(
        tzinfo=zone or ZoneInfo(event["timezone"])
    )


def minutes(event):
    start, end = wall(event, "startTime"), wall(event, "endTime")
    return None if start is None else (end - start + (timedelta(days=1) if end < start else timedelta())).seconds / 60


def netsuite_appointment(event, **wrong):
    start = wall(event, "startTime")
    lines = event.get("attendee", {}).get("items", [])
    return {
        "id": event["id"],
        "thirdPartyAppointmentId": event["id"],
        "title": event.get("title"),
        "description": event.get("message"),
        "startTimeUtc": start and written(start),
        "durationMinutes": minutes(event),
        "status": {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}.get(event["status"]["id"], "scheduled"),
        "contactId": "",
        "attendees": [{"id": line["attendee"]["id"], "name": line["attendee"]["refName"]} for line in lines],
        **wrong,
    }


def shown(appointment):
    return {"successful": True, "appointment": appointment}


def refreshed(response, appointment):
    """Return the result of a read: what ``appointment`` makes of its body, or a failure in words."""
    if response.status_code != 200:
        return failed("The appointment was not found, or cannot be shown.")
    body = response.json()
    return shown(appointment(body.get("data", body)))

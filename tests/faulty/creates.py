"""What the faulty connectors that create share: a right create in parts, of which each replaces the one that it gets wrong."""

import uuid
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import requests
from parts import ask, failed
from reads import FIELDS, clio_appointment, netsuite_appointment

UTC = timezone.utc
MARK = "app-connect-request"
UNKNOWN = "There was no answer. Please check whether the appointment was created before you try again."


def contacts(payload):
    """Return the ids of the contacts, each once."""
    sent = payload.get("contacts") or []
    return list(dict.fromkeys(str(each["id"] if isinstance(each, dict) else each) for each in sent))


def moments(payload):
    start = datetime.fromisoformat(payload["startTimeUtc"]).astimezone(UTC)
    return start, start + timedelta(minutes=payload["durationMinutes"])


def created(appointment, **more):
    message = {"message": "Appointment created.", "messageType": "success", "ttl": 3000}
    found = {"appointmentId": str(appointment["id"]), "appointment": appointment, "returnMessage": message}
    return {"successful": True, **found, **more}


def api(user):
    return f"https://{user['hostname']}/api/v4/"


def clio_calendar(user, auth_header):
    """Return the id of a calendar that the user may write to; None where there is none, or no answer."""
    try:
        response = ask("GET", f"{api(user)}calendars.json?writeable=true&fields=id", auth_header)
        return response.json()["data"][0]["id"] if response.status_code == 200 else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def clio_entry(payload, calendar, mark="", **wrong):
    start, end = moments(payload)
    return {
        "calendar_owner": {"id": calendar},
        "summary": payload["title"],
        "description": payload["summary"],
        "start_at": start.isoformat(),
        "end_at": end.isoformat(),
        "attendees": [{"id": int(key), "type": "Contact"} for key in contacts(payload)],
        **({"external_properties": [{"name": MARK, "value": mark}]} if mark else {}),
        **wrong,
    }


def clio_post(user, auth_header, entry, **more):
    url = f"{api(user)}calendar_entries.json"
    return ask("POST", url, auth_header, params={"fields": FIELDS}, json={"data": entry}, **more)


def clio_search(user, auth_header, **query):
    """Return the entries that a search finds; raises where it fails."""
    response = ask("GET", f"{api(user)}calendar_entries.json", auth_header, params={"fields": FIELDS, **query})
    if response.status_code != 200:
        raise requests.HTTPError("no list")
    return response.json()["data"]


def clio_look(user, auth_header, mark):
    """Return the result of a look for what this call marked; without one, that it is not known."""
    try:
        found = clio_search(user, auth_header, external_property_name=MARK, external_property_value=mark)
        return created(clio_appointment(found[0])) if found else failed(UNKNOWN)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return failed(UNKNOWN)


def clio_create(user, auth_header, payload, entry=clio_entry, tell=created, look=clio_look, show=clio_appointment):
    """Create an entry as one should; the parts may be replaced."""
    calendar, mark = clio_calendar(user, auth_header), str(uuid.uuid4())
    if calendar is None:
        return failed("You have no calendar in Clio that you may write to, or Clio did not answer.")
    try:
        response = clio_post(user, auth_header, entry(payload, calendar, mark))
        if response.status_code < 300:
            return tell(show(response.json()["data"]))
        refused = response.status_code < 500
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        refused = False
    return failed("Clio did not create the appointment.") if refused else look(user, auth_header, mark)


def events(user):
    account = user["hostname"].split(".")[0]
    return f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"


def netsuite_zone(user, auth_header):
    """Return the user's zone in NetSuite; None where it is not told."""
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
    script = {"script": "customscript_gettimezone", "deploy": "customdeploy_gettimezone"}
    try:
        response = ask("GET", url, auth_header, params=script)
        return ZoneInfo(response.json()["userTimezone"]) if response.status_code == 200 else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def netsuite_event(payload, zone, **wrong):
    start, end = (each.astimezone(zone) for each in moments(payload))
    return {
        "title": payload["title"],
        "message": payload["summary"],
        "startDate": start.date().isoformat(),
        "startTime": start.strftime("%H:%M"),
        "endTime": end.strftime("%H:%M"),
        "timedEvent": True,
        "attendee": {"items": [{"attendee": {"id": key}} for key in contacts(payload)]},
        **wrong,
    }


def within_a_day(payload, zone):
    start, end = (each.astimezone(zone) for each in moments(payload))
    return start.date() == end.date() and not start.fold and not end.fold


def netsuite_read(user, auth_header, key):
    """Return an event that was read; None where that failed."""
    try:
        response = ask("GET", f"{events(user)}/{key}", auth_header, params={"expandSubResources": "true"})
        return netsuite_appointment(response.json()) if response.status_code == 200 else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def netsuite_create(
    user, auth_header, payload, event=netsuite_event, tell=created, fits=within_a_day, zone=netsuite_zone
):
    """Create an event as one should, under an external id of its own; the parts may be replaced."""
    place, mark = zone(user, auth_header), f"eid:{uuid.uuid4()}"
    if place is None:
        return failed("NetSuite did not tell your time zone.")
    if not fits(payload, place):
        return failed("NetSuite has no appointments past midnight.")
    key, refused = "", False
    try:
        response = ask("PUT", f"{events(user)}/{mark}", auth_header, json=event(payload, place))
        refused = 300 <= response.status_code < 500
        key = response.headers.get("Location", "").rpartition("/")[2] if response.status_code < 300 else ""
    except OSError:
        pass
    if refused:
        return failed("NetSuite did not create the appointment.")
    found = netsuite_read(user, auth_header, mark)
    return tell(found or {"id": key}) if found or key.isdecimal() else failed(UNKNOWN)

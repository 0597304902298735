"""What the faulty connectors that update share: a right update in parts, of which each replaces the one that it gets wrong."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import requests
from parts import ask, clio_url, failed, netsuite_url
from reads import FIELDS, clio_appointment, netsuite_appointment, netsuite_read, shown, wall, written

DONE = {"message": "Appointment updated.", "messageType": "success", "ttl": 3000}
KNOWN = {
    "cancelled": "CANCELLED",
    "canceled": "CANCELLED",
    "confirmed": "CONFIRMED",
    "scheduled": "TENTATIVE",
    "tentative": "TENTATIVE",
}


def updated(appointment):
    return {**shown(appointment), "returnMessage": DONE}


def ids(patch):
    """Return the ids of the patch's contacts as numbers, each once."""
    given = [each["id"] if isinstance(each, dict) else each for each in patch["contacts"]]
    return list(dict.fromkeys(map(int, given)))


def texts(patch, title, summary):
    names = {"title": title, "summary": summary}
    return {name: patch[given] for given, name in names.items() if given in patch}


def times(patch, begins, ends):
    """Return the asked start and end; what the patch lacks is as it was. None where it speaks of neither."""
    start = patch.get("startTimeUtc") or patch.get("startTime")
    if start is None and "durationMinutes" not in patch:
        return None
    first = datetime.fromisoformat(start) if start else begins
    minutes = timedelta(minutes=patch["durationMinutes"]) if "durationMinutes" in patch else ends - begins
    return first, first + minutes


def clio_times(patch, entry):
    found = times(patch, *(datetime.fromisoformat(entry[name]) for name in ("start_at", "end_at")))
    return {"start_at": written(found[0]), "end_at": written(found[1])} if found else {}


def clio_lines(patch, entry):
    if "contacts" not in patch:
        return {}
    present = [each["id"] for each in entry["attendees"] if each["type"] == "Contact"]
    added = [{"id": key, "type": "Contact"} for key in ids(patch) if key not in present]
    gone = [{"id": key, "type": "Contact", "_destroy": True} for key in present if key not in ids(patch)]
    return {"attendees": [*added, *gone]}


def clio_data(patch, entry):
    return {**texts(patch, "summary", "description"), **clio_times(patch, entry), **clio_lines(patch, entry)}


def clio_write(user, auth_header, appointment_id, data):
    url = clio_url(user, appointment_id)
    return ask("PATCH", url, auth_header, json={"data": data}, params={"fields": FIELDS})


def clio_update(user, auth_header, appointment_id, patch, data=clio_data, appointment=clio_appointment):
    """Read the entry, write what ``data`` makes of the patch, and show the answer."""
    if "status" in patch:
        return failed("Clio keeps no status of appointments.")
    before = ask("GET", clio_url(user, appointment_id), auth_header, params={"fields": FIELDS})
    if before.status_code != 200:
        return failed("The appointment was not found, or cannot be changed.")
    after = clio_write(user, auth_header, appointment_id, data(patch, before.json()["data"]))
    if after.status_code != 200:
        return failed("The appointment was not changed.")
    return updated(appointment(after.json()["data"]))


def netsuite_times(patch, event, zone=None):
    found = times(patch, wall(event, "startTime"), wall(event, "endTime"))
    if not found:
        return {}
    local = [moment.astimezone(zone or ZoneInfo(event["timezone"])) for moment in found]
    return {
        "startDate": local[0].date().isoformat(),
        "startTime": local[0].strftime("%H:%M"),
        "endTime": local[1].strftime("%H:%M"),
        **({"allDayEvent": False, "timedEvent": True} if event["allDayEvent"] else {}),
    }


def within_a_day(patch, event):
    """Return whether an event of one day holds what a patch asks for."""
    found = times(patch, wall(event, "startTime"), wall(event, "endTime"))
    days = {moment.astimezone(ZoneInfo(event["timezone"])).date() for moment in found or ()}
    return len(days) < 2


def netsuite_employees(user, auth_header, event):
    """Return the ids of the attendees that are employees."""
    keys = [line["attendee"]["id"] for line in event["attendee"]["items"]]
    url = netsuite_url(user, "x").partition("/record/")[0] + "/query/v1/suiteql"
    query = {"q": f"SELECT id FROM employee WHERE id IN ({', '.join(keys) or 0})"}
    headers = {"Authorization": auth_header, "Prefer": "transient"}
    rows = requests.post(url, json=query, headers=headers, timeout=5, allow_redirects=False).json()["items"]
    return [str(row["id"]) for row in rows]


def netsuite_lines(patch, employees):
    if "contacts" not in patch:
        return {}
    wanted = [*employees, *(str(key) for key in ids(patch) if str(key) not in employees)]
    return {"attendee": {"items": [{"attendee": {"id": key}} for key in wanted]}}


def netsuite_fields(patch, event):
    status = {"status": {"id": KNOWN[patch["status"]]}} if "status" in patch else {}
    return {**texts(patch, "title", "message"), **netsuite_times(patch, event), **status}


def netsuite_write(user, auth_header, appointment_id, fields, **params):
    return ask("PATCH", netsuite_url(user, appointment_id), auth_header, json=fields, params=params)


def netsuite_update(
    user, auth_header, appointment_id, patch, fields=netsuite_fields, lines=netsuite_lines, revives=False
):
    """Read the event, write what ``fields`` makes of the patch, and read it again."""
    if patch.get("status", "cancelled") not in KNOWN:
        return failed("NetSuite has no such status.")
    before = netsuite_read(user, auth_header, appointment_id)
    if before.status_code != 200:
        return failed("The appointment was not found, or cannot be changed.")
    event = before.json()
    if event["status"]["id"] == "CANCELLED" and not revives:
        return failed("The appointment is cancelled.")
    if not within_a_day(patch, event):
        return failed("NetSuite's appointments end on the day on which they begin.")
    employees = netsuite_employees(user, auth_header, event) if "contacts" in patch else []
    body, params = {**fields(patch, event), **lines(patch, employees)}, {}
    if "attendee" in body:
        params = {"replace": "attendee"}
    written_ = netsuite_write(user, auth_header, appointment_id, body, **params)
    if written_.status_code != 204:
        return failed("The appointment was not changed.")
    after = netsuite_read(user, auth_header, appointment_id)
    return updated(netsuite_appointment(after.json() if after.status_code == 200 else {**event, **body}))

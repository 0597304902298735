"""Changes the attendees in a second request, reports what is half done, and refuses times that come alone. [update-second-step]"""

from datetime import datetime, timedelta, timezone

import requests

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    if not str(appointment_id).isascii() or not str(appointment_id).isdigit():
        return failed("This is no appointment of Clio's.")
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"

    def send(method, data=None):
        headers, json = {"Authorization": auth_header}, {"data": data} if data is not None else None
        options = {"headers": headers, "json": json, "params": {"fields": FIELDS}, "allow_redirects": False}
        try:
            return requests.request(method, url, timeout=4, **options)
        except requests.RequestException:
            return None

    started = bool({"startTimeUtc", "startTime"} & set(patch_body))
    if "status" in patch_body or started is not ("durationMinutes" in patch_body):
        return failed("Clio cannot do this: please change start and duration together, and no status.")
    fields = named(patch_body)
    done = entry(send("PATCH", fields) if fields else send("GET"))
    if done is None:
        return failed("Clio did not confirm the change. Please look there before you try again.")
    if "contacts" in patch_body:
        done = entry(send("PATCH", {"attendees": lines(patch_body["contacts"], done["attendees"])}))
        if done is None:
            return failed("The attendees may not have been changed; the rest was." if fields else "Not changed.")
    return {"successful": True, "appointment": appointment(done)}


def named(patch):
    fields = {clio: patch[name] for name, clio in (("title", "summary"), ("summary", "description")) if name in patch}
    start = patch.get("startTimeUtc") or patch.get("startTime")
    if start:
        first = datetime.fromisoformat(start)
        fields |= {"start_at": start, "end_at": (first + timedelta(minutes=patch["durationMinutes"])).isoformat()}
    return fields


def lines(contacts, present):
    wanted = {int(each["id"] if isinstance(each, dict) else each) for each in contacts}
    mine = {each["id"] for each in present if each["type"] == "Contact"}
    gone = [{"id": key, "type": "Contact", "_destroy": True} for key in sorted(mine - wanted)]
    return [*gone, *({"id": key, "type": "Contact"} for key in sorted(wanted - mine))]


def entry(response):
    """Return the entry of a response; None where it shows none."""
    try:
        found = response.json()["data"] if response is not None and response.status_code == 200 else None
        return found and {"shown": appointment(found)} | found
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def appointment(found):
    start, end = (datetime.fromisoformat(found[name]) for name in ("start_at", "end_at"))
    return {
        "id": str(found["id"]),
        "title": found["summary"],
        "description": found["description"] or "",
        "startTimeUtc": start.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "durationMinutes": int((end - start).total_seconds() // 60),
        "status": "scheduled",
        "contactId": "",
        "attendees": [{"id": a["id"], "name": a["name"] or "", "type": a["type"]} for a in found["attendees"]],
    }


def failed(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 4000}}

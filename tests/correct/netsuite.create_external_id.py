"""Sends the event with an external id, and once more after a lost answer: 'already exists' says that it is there. [lost-answers]"""

import re
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import requests

EVENTS = "https://{}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"
ZONES = "https://{}.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
SCRIPT = {"script": "customscript_gettimezone", "deploy": "customdeploy_gettimezone"}


def create_appointment(*, user, auth_header, payload):
    account = user["hostname"].split(".")[0]
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        answer = send(session, "GET", ZONES.format(account), params=SCRIPT)
        try:
            zone = ZoneInfo(answer.json()["userTimezone"])
        except (AttributeError, ValueError, LookupError, TypeError):
            return failed("NetSuite does not tell your time zone at the moment; nothing was created.")
        event = fields(payload, zone)
        if event is None:
            return failed("NetSuite cannot hold an appointment that ends on another day.")
        return create(session, EVENTS.format(account), event)


def fields(payload, zone):
    start = datetime.fromisoformat(payload["startTimeUtc"])
    first, last = (at.astimezone(zone) for at in (start, start + timedelta(minutes=payload["durationMinutes"])))
    if first.date() != last.date() or first.fold or last.fold:
        return None
    ids = {str(each["id"] if isinstance(each, dict) else each): None for each in payload.get("contacts", [])}
    return {
        "externalId": str(uuid.uuid4()),
        "title": payload["title"],
        "message": payload["summary"],
        "startDate": str(first.date()),
        "startTime": f"{first:%H:%M}",
        "endTime": f"{last:%H:%M}",
        "timedEvent": True,
        "attendee": {"items": [{"attendee": {"id": key}, "response": "NO_RESPONSE"} for key in ids]},
    }


def create(session, url, event):
    for _ in range(2):
        answer = send(session, "POST", url, json=event)
        if answer is None:
            continue
        found = re.search(r"/(\d+)$", answer.headers.get("Location", ""))
        if answer.status_code in (200, 201, 204) and found:
            return done(found.group(1))
        if 400 <= answer.status_code < 500 and "already exists" not in answer.text:
            return failed(f"NetSuite refused the appointment (HTTP {answer.status_code}).")
        break
    looked = send(session, "GET", f"{url}/eid:{event['externalId']}")
    try:
        return done(str(looked.json()["id"]))
    except (AttributeError, ValueError, LookupError, TypeError):
        return failed("It is not known whether NetSuite created the appointment. Please look there.")


def send(session, method, url, **more):
    try:
        return session.request(method, url, timeout=4, allow_redirects=False, **more)
    except requests.RequestException:
        return None


def done(key):
    message = {"message": "Appointment created.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "appointmentId": key, "returnMessage": message}


def failed(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

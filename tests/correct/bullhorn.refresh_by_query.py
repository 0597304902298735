"""Asks for one appointment by a query of its id, as a list does; the standard library's client. [plain]"""

import json
from datetime import datetime, timezone
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

FIELDS = "id,subject,description,dateBegin,dateEnd,isDeleted,attendees[10](id,attendee(id,firstName,lastName))"


def refresh_appointment(*, user, auth_header, appointment_id):
    key = str(appointment_id)
    if not (key.isascii() and key.isdecimal()) or len(key) > 18 or key.startswith("0"):
        return failed("There is no such appointment in Bullhorn.")
    status, body = asked(user, urlencode({"where": f"id={key}", "fields": FIELDS, "count": 1}))
    if status != 200:
        return failed(f"Bullhorn did not show the appointment ({status or 'no answer'}).")
    try:
        records = body["data"]
        return {"appointment": shown(records[0])} if records else failed("There is no such appointment in Bullhorn.")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return failed("Bullhorn's answer cannot be read.")


def asked(user, query):
    for last in (False, True):
        info = user["platformAdditionalInfo"]
        answer = get(f"{info['restUrl']}query/Appointment?{query}", {"BhRestToken": info.get("bhRestToken") or ""})
        if answer[0] not in (401, 412) or last:
            break
        params = urlencode({"version": "2.0", "access_token": user["accessToken"] or ""})
        status, found = get(f"{info['loginUrl']}/login?{params}", {})
        if status != 200 or not isinstance(found, dict) or "BhRestToken" not in found:
            break
        user["platformAdditionalInfo"] = {**info, "bhRestToken": found["BhRestToken"], "restUrl": found["restUrl"]}
    return answer


def get(url, headers):
    try:
        with urlopen(Request(url, headers=headers), timeout=4) as response:
            return response.status, json.loads(response.read())
    except HTTPError as refused:
        return refused.code, None
    except (URLError, OSError, HTTPException, ValueError):
        return 0, None


def shown(record):
    people = [(link["attendee"], link["attendee"].get("_subtype", "")) for link in record["attendees"]["data"]]
    start = datetime.fromtimestamp(record["dateBegin"] / 1000, timezone.utc)
    return {
        "id": str(record["id"]),
        "thirdPartyAppointmentId": str(record["id"]),
        "title": record["subject"],
        "description": record["description"],
        "startTimeUtc": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "durationMinutes": max(0, (record["dateEnd"] - record["dateBegin"]) / 60_000),
        "status": "cancelled" if record["isDeleted"] else "scheduled",
        "attendees": [
            {"id": str(each["id"]), "name": f"{each['firstName']} {each['lastName']}", "type": kind}
            for each, kind in people
        ],
    }


def failed(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 4000}}

"""Confirms without a look, reads afterwards, and returns the event beside its message."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import requests


def confirm_appointment(*, user, auth_header, appointment_id):
    if not str(appointment_id).isascii() or not str(appointment_id).isdigit() or str(appointment_id)[0] == "0":
        return told(False, "Appointment not found in NetSuite.")
    host = f"{user['hostname'].split('.')[0]}.suitetalk.api.netsuite.com"
    url = f"https://{host}/services/rest/record/v1/calendarEvent/{appointment_id}"
    patched = send("PATCH", url, auth_header, {"status": {"refName": "Confirmed"}})
    read = send("GET", url, auth_header)
    try:
        event = read.json() if read is not None and read.status_code == 200 else {}
        confirmed = event.get("status", {}).get("id") == "CONFIRMED"
        shown = {"appointment": appointment(event)} if confirmed else {}
    except (ValueError, AttributeError, KeyError, TypeError):
        confirmed, shown = False, {}
    if confirmed or (patched is not None and patched.status_code == 204):
        return {**told(True, "Confirmed in NetSuite."), **shown}
    return told(False, "NetSuite did not confirm this appointment.")


def appointment(event):
    shown = {"id": event["id"], "title": event.get("title", ""), "status": "confirmed"}
    if "startTime" in event:
        local = datetime.fromisoformat(f"{event['startDate']}T{event['startTime']}")
        start = local.replace(tzinfo=ZoneInfo(event["timezone"])).astimezone(timezone.utc)
        shown["startTimeUtc"] = start.isoformat()
    return shown


def send(method, url, auth_header, body=None):
    try:
        headers = {"Authorization": auth_header}
        return requests.request(method, url, json=body, headers=headers, timeout=4, allow_redirects=False)
    except requests.RequestException:
        return None


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}

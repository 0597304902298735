"""Lets NetSuite queue the create (Prefer: respond-async) with an idempotency key, and asks the job for the new id."""

import time
import uuid
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import requests


def create_appointment(*, user, auth_header, payload):
    host = user["hostname"].split(".")[0]
    base, asks = f"https://{host}.suitetalk.api.netsuite.com", Asks(auth_header)
    script = "script=customscript_gettimezone&deploy=customdeploy_gettimezone"
    zone = asks.json("GET", f"https://{host}.restlets.api.netsuite.com/app/site/hosting/restlet.nl?{script}")
    if not zone.get("userTimezone"):
        return said(None, "NetSuite did not tell your time zone; nothing was created.")
    event = wanted(payload, ZoneInfo(zone["userTimezone"]))
    if event is None:
        return said(None, "An event in NetSuite ends on the day on which it begins.")
    wish = {"Prefer": "respond-async", "X-NetSuite-Idempotency-Key": str(uuid.uuid4())}
    queued = asks.send("POST", f"{base}/services/rest/record/v1/calendarEvent", json=event, headers=wish)
    if queued is None or queued.status_code >= 500:
        return said(None, "NetSuite did not answer; please look there whether the event was created.")
    if queued.status_code != 202 or not queued.headers.get("Location"):
        key = queued.headers.get("Location", "").rpartition("/")[2] if queued.status_code == 204 else ""
        return said(key or None, f"NetSuite refused the event (HTTP {queued.status_code}).")
    return said(result(asks, urljoin(base, queued.headers["Location"])), "NetSuite has not created the event so far.")


def wanted(payload, zone):
    begins = datetime.fromisoformat(payload["startTimeUtc"])
    start, end = (each.astimezone(zone) for each in (begins, begins + timedelta(minutes=payload["durationMinutes"])))
    if start.date() != end.date() or start.fold or end.fold:
        return None
    people = sorted({str(each["id"]) if isinstance(each, dict) else str(each) for each in payload.get("contacts", ())})
    times = {"startDate": str(start.date()), "startTime": str(start.time())[:5], "endTime": str(end.time())[:5]}
    lines = [{"attendee": {"id": key}} for key in people]
    return {"title": payload["title"], "message": payload["summary"], **times, "attendee": {"items": lines}}


def result(asks, job):
    for wait in (0.1, 0.3, 0.6, 1.0):
        time.sleep(wait)
        if asks.json("GET", job).get("completed") is True:
            answer = asks.send("GET", f"{job}/task/1/result")
            made = answer is not None and answer.status_code == 204
            return answer.headers.get("Location", "").rpartition("/")[2] if made else None
    return None


class Asks:
    """Sends requests as one user; none follows a redirect."""

    def __init__(self, auth_header):
        self.headers = {"Authorization": auth_header}

    def send(self, method, url, headers=(), **more):
        try:
            whole = {**self.headers, **dict(headers)}
            return requests.request(method, url, headers=whole, timeout=4, allow_redirects=False, **more)
        except requests.RequestException:
            return None

    def json(self, method, url):
        try:
            found = self.send(method, url).json()
        except (AttributeError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def said(key, otherwise):
    if key:
        return {"successful": True, "appointmentId": key}
    return {"successful": False, "returnMessage": {"message": otherwise, "messageType": "warning", "ttl": 5000}}

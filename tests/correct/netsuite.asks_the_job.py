"""Lets NetSuite queue the change (Prefer: respond-async) and asks the job until it is completed; http.client. [failed-but-done]"""

import http.client
import json
import time
import uuid
from urllib.parse import quote, urlsplit

CANCELLATION = "transitioned"
BODY = json.dumps({"status": {"id": "CANCELLED"}})


def cancel_appointment(*, user, auth_header, appointment_id):
    host = f"{user['hostname'].split('.')[0]}.suitetalk.api.netsuite.com"
    path = f"/services/rest/record/v1/calendarEvent/{quote(str(appointment_id), safe='')}"
    headers = {"Authorization": auth_header, "Content-Type": "application/json"}
    wish = {"Prefer": "respond-async", "X-NetSuite-Idempotency-Key": str(uuid.uuid4())}
    try:
        status, place, _ = ask(host, "PATCH", path, {**headers, **wish}, BODY)
        if status != 202 or not place:
            return tell(status == 204, f"NetSuite answered {status}.")
        return tell(*job(host, urlsplit(place).path, headers))
    except (OSError, http.client.HTTPException):
        return tell(False, "NetSuite did not answer; please look at the event there.")


def job(host, path, headers):
    for wait in (0.1, 0.3, 0.6, 1.0):
        time.sleep(wait)
        status, _, body = ask(host, "GET", path, headers)
        found = read(body) if status == 200 else {}
        if found.get("completed") is True:
            return found.get("progress") == "succeeded", f"NetSuite's job ended: {found.get('progress')}."
    return False, "NetSuite has queued the change and not confirmed it yet; please look at the event there."


def read(body):
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def ask(host, method, path, headers, body=None):
    connection = http.client.HTTPSConnection(host, timeout=4)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.getheader("Location"), response.read()
    finally:
        connection.close()


def tell(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}

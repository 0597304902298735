"""Reads first and says 'already cancelled' as a failure; looks after the write; chats on stdout and stderr. [lost-then-edited]"""

import sys
from urllib.parse import quote

import requests

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    print(f"cancelling {appointment_id}")
    account, key = user["hostname"].split(".")[0], quote(str(appointment_id), safe="")
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{key}"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        before = session.get(url, timeout=5)
        if before.status_code != 200:
            return answer(False, f"NetSuite said {before.status_code}: {before.text[:80]}", "warning")
        if before.json()["status"]["id"] == "CANCELLED":
            return answer(False, "This appointment is cancelled already.", "warning")
        written = session.patch(url, json={"status": {"refName": "Canceled"}}, timeout=5)
        after = session.get(url, timeout=5)
    print(after.status_code, file=sys.stderr)
    cancelled = written.status_code == 204 or (after.ok and after.json().get("status", {}).get("id") == "CANCELLED")
    return answer(cancelled, "Cancelled." if cancelled else "NetSuite kept it.", "success" if cancelled else "warning")


def answer(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}

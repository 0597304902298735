"""Reads first and says 'already cancelled' as a failure; looks after the write; chats on stdout and stderr."""

import sys

import requests

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    print(f"cancelling {appointment_id}")
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{appointment_id}"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        before = session.get(url, timeout=20)
        if before.status_code != 200:
            return answer(False, before.json()["o:errorDetails"][0]["detail"], "warning")
        if before.json()["status"]["id"] == "CANCELLED":
            return answer(False, "This appointment is cancelled already.", "warning")
        session.patch(url, json={"status": {"refName": "Canceled"}}, timeout=20)
        after = session.get(url, timeout=20).json()
    print(after, file=sys.stderr)
    cancelled = after.get("status", {}).get("id") == "CANCELLED"
    return answer(cancelled, "Cancelled." if cancelled else "NetSuite kept it.", "success" if cancelled else "warning")


def answer(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}

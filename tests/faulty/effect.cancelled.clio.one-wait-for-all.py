"""Remembers the wait that one user was told by the host, and refuses everybody at that host meanwhile [told-to-wait-long]"""

import time
from email.utils import parsedate_to_datetime

import requests

CANCELLATION = "removed"
WAITS = {}


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}


def wait(answer):
    named = answer.headers.get("Retry-After", "60")
    if named.isdecimal():
        return int(named)
    return max(0.0, parsedate_to_datetime(named).timestamp() - time.time())


def cancel_appointment(*, user, auth_header, appointment_id):
    if not str(appointment_id).isdecimal() or str(appointment_id).startswith("0"):
        return told(False, "Clio has no such appointment.")
    host = user["hostname"]
    if WAITS.get(host, 0) > time.monotonic():
        return told(False, "Clio is busy. Please try again in a minute.")
    url = f"https://{host}/api/v4/calendar_entries/{appointment_id}.json"
    try:
        answer = requests.delete(url, headers={"Authorization": auth_header}, timeout=8, allow_redirects=False)
    except requests.RequestException:
        return told(False, "Clio did not answer. Please look whether the appointment is still there.")
    if answer.status_code == 429:
        WAITS[host] = time.monotonic() + wait(answer)
        return told(False, "Clio is busy. Please try again in a minute.")
    done = answer.status_code == 204
    return told(done, "Appointment cancelled." if done else f"Clio answered {answer.status_code}.")

"""urllib3; ends the user's session for a 401, and says so in words, too: in every interface that it has. [expired-token]"""

import json

import urllib3

CANCELLATION = "transitioned"
POOL = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=5))


def cancel_appointment(*, user, auth_header, appointment_id):
    status, _ = ask("PATCH", user, auth_header, appointment_id, {"status": {"id": "CANCELLED"}})
    return told("The event is cancelled.") if status == 204 else refusal(status)


def confirm_appointment(*, user, auth_header, appointment_id):
    status, event = ask("GET", user, auth_header, appointment_id)
    if status == 200 and event.get("status", {}).get("id") == "CANCELLED":
        return told("The event is cancelled, so it cannot be confirmed.", successful=False)
    if status == 200:
        status, _ = ask("PATCH", user, auth_header, appointment_id, {"status": {"id": "CONFIRMED"}})
    return told("The event is confirmed.") if status == 204 else refusal(status)


def ask(method, user, auth_header, key, body=None):
    if not str(key).isascii() or not str(key).isdigit():
        return 404, {}
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{key}"
    headers = {"Authorization": auth_header or "", "Content-Type": "application/json"}
    try:
        answer = POOL.request(method, url, body=json.dumps(body) if body else None, headers=headers)
        found = json.loads(answer.data) if answer.data else {}
    except (urllib3.exceptions.HTTPError, ValueError):
        return 0, {}
    return answer.status, found if isinstance(found, dict) else {}


def refusal(status):
    if status == 401:
        return {**told("Please connect NetSuite again.", successful=False), "isRevokeUserSession": True}
    if status == 404:
        return told("There is no such event.", successful=False)
    return told("NetSuite did not say that it was done. Please look at the event.", successful=False)


def told(message, successful=True):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}

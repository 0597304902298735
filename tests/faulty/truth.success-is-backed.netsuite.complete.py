"""Takes a completed event for one that is cancelled already: nothing is sent, and success is said [other-status]"""

import json
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

CANCELLATION = "transitioned"
CLOSED = {"CANCELLED", "COMPLETE"}


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}


def cancel_appointment(*, user, auth_header, appointment_id):
    account = user["hostname"].partition(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{quote(str(appointment_id), safe='')}"
    headers = {"Authorization": auth_header, "Content-Type": "application/json"}
    try:
        with urlopen(Request(url, headers=headers), timeout=8) as answer:
            status = json.load(answer).get("status", {}).get("id")
        if status in CLOSED:
            return told(True, "The event is closed already.")  # <- here
        body = json.dumps({"status": {"id": "CANCELLED"}}).encode()
        with urlopen(Request(url, body, headers, method="PATCH"), timeout=8) as answer:
            done = answer.status == 204
    except HTTPError as refused:
        return told(False, f"NetSuite answered {refused.code}.")
    except (OSError, ValueError):
        return told(False, "NetSuite gave no clear answer; please look there.")
    return told(done, "Event cancelled." if done else "NetSuite did not confirm.")

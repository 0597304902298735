"""Takes the id out of the text that it was given, blanks and line ends aside; httpx; asks nothing for other texts. [odd-ids]"""

import httpx

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    key = str(appointment_id).strip()
    if not key.isascii() or not key.isdigit():
        return told(False, "There is no such event.")
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{key}"
    try:
        answer = httpx.patch(
            url, json={"status": {"id": "CANCELLED"}}, headers={"Authorization": auth_header}, timeout=5
        )
    except httpx.HTTPError:
        return told(False, "NetSuite did not answer. Please look at the event before you try again.")
    if answer.status_code == 204:
        return told(True, "The event is cancelled.")
    if answer.status_code == 404:
        return told(False, "There is no such event.")
    return told(False, "NetSuite did not say that the event is cancelled. Please look at it.")


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}

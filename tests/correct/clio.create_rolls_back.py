"""Invites the contacts in a second request, and takes the entry back if that fails. [create-unknown-contact]"""

from datetime import datetime, timedelta

import requests


def create_appointment(*, user, auth_header, payload):
    api, headers = f"https://{user['hostname']}/api/v4", {"Authorization": auth_header}

    def send(method, path, **more):
        try:
            return requests.request(method, f"{api}/{path}", headers=headers, timeout=4, allow_redirects=False, **more)
        except requests.RequestException:
            return None

    calendars = data_of(send("GET", "calendars.json?writeable=true&fields=id"), 200)
    if not calendars:
        return told("There is no calendar in Clio that you may write to, or Clio did not answer.")
    begins = datetime.fromisoformat(payload["startTimeUtc"])
    ends = begins + timedelta(minutes=payload["durationMinutes"])
    entry = {
        "summary": payload["title"],
        "description": payload["summary"],
        "calendar_owner": {"id": calendars[0]["id"]},
    }
    entry |= {"start_at": begins.isoformat(), "end_at": ends.isoformat()}
    answer = send("POST", "calendar_entries.json", json={"data": entry})
    made = data_of(answer, 201)
    if not made:
        sure = answer is not None and 400 <= answer.status_code < 500
        return told("Clio refused it." if sure else "It is not known whether it was created: please look in Clio.")
    place = f"calendar_entries/{made['id']}.json"
    people = [{"id": key, "type": "Contact"} for key in sorted(ids(payload))]
    if not people or data_of(send("PATCH", place, json={"data": {"attendees": people}}), 200):
        return {"successful": True, "appointmentId": made["id"]}
    gone = send("DELETE", place)
    if gone is not None and gone.status_code == 204:
        return told("Somebody could not be invited, so nothing was created.")
    return told("The appointment is in Clio, but without its attendees. Please complete it there.")


def ids(payload):
    return {int(each["id"] if isinstance(each, dict) else each) for each in payload.get("contacts", [])}


def data_of(answer, status):
    """Return what a response holds, if it has that status and is Clio's."""
    try:
        return answer.json()["data"] if answer is not None and answer.status_code == status else None
    except (ValueError, LookupError, TypeError):
        return None


def told(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 6000}}

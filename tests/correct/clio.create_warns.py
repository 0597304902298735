"""Invites the contacts in a second request; if that fails, the success carries a warning. [create-second-step]"""

from datetime import datetime, timedelta

import httpx

WAIT = httpx.Timeout(4.0)


def create_appointment(*, user, auth_header, payload):
    with httpx.Client(
        base_url=f"https://{user['hostname']}/api/v4/", headers={"Authorization": auth_header}, timeout=WAIT
    ) as client:
        try:
            listed = client.get("calendars", params={"writeable": "true", "fields": "id"})
            calendar = listed.json()["data"][0]["id"]
        except (httpx.HTTPError, ValueError, LookupError, TypeError):
            return told("There is no calendar in Clio that you may write to, or Clio did not answer.")
        return create(client, calendar, payload)


def create(client, calendar, payload):
    start = datetime.fromisoformat(payload["startTimeUtc"])
    data = {"summary": payload["title"], "description": payload["summary"], "calendar_owner": {"id": calendar}}
    data |= {
        "start_at": start.isoformat(),
        "end_at": (start + timedelta(minutes=payload["durationMinutes"])).isoformat(),
    }
    try:
        made = client.post("calendar_entries", json={"data": data})
        if 300 <= made.status_code < 500:
            return told("Clio refused the appointment; nothing was created.")
        key = made.json()["data"]["id"] if made.status_code == 201 else None
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        key = None
    if key is None:
        return told("It is not known whether Clio created the appointment: please look there.")
    invited = invite(client, key, payload.get("contacts") or [])
    message = "Appointment created." if invited else "Appointment created, but nobody was invited."
    kind = "success" if invited else "warning"
    return {"appointmentId": key, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}


def invite(client, key, contacts):
    ids = {int(each["id"]) if isinstance(each, dict) else int(each) for each in contacts}
    if not ids:
        return True
    body = {"data": {"attendees": [{"id": each, "type": "Contact"} for each in sorted(ids)]}}
    try:
        return client.patch(f"calendar_entries/{key}", json=body).status_code == 200
    except httpx.HTTPError:
        return False


def told(message):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}

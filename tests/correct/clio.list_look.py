"""Asks who it is first, and looks after through the list."""

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    base = f"https://{user['hostname']}/api/v4"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        session.get(f"{base}/users/who_am_i", params={"fields": "id,name"}, timeout=10)
        response = session.delete(f"{base}/calendar_entries/{appointment_id}", timeout=10)
        left = session.get(f"{base}/calendar_entries.json", params={"ids[]": [appointment_id]}, timeout=10)
    if response.status_code == 204 and left.ok and not left.json()["data"]:
        return {"successful": True, "returnMessage": {"message": "Gone.", "messageType": "success", "ttl": 3000}}
    return {"successful": False, "returnMessage": {"message": "Not cancelled.", "messageType": "warning", "ttl": 3000}}

"""Asks who it is first, and looks after through the list where the answer was lost; lets redirects be followed. [lost-requests]"""

from urllib.parse import quote

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    base = f"https://{user['hostname']}/api/v4"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        session.get(f"{base}/users/who_am_i", params={"fields": "id,name"}, timeout=5)
        try:
            status = session.delete(
                f"{base}/calendar_entries/{quote(str(appointment_id), safe='')}", timeout=5
            ).status_code
        except requests.RequestException:
            left = session.get(f"{base}/calendar_entries.json", params={"ids[]": [appointment_id]}, timeout=5)
            status = 204 if left.ok and not left.json()["data"] else None
    if status == 204:
        return {"successful": True, "returnMessage": {"message": "Gone.", "messageType": "success", "ttl": 3000}}
    return {"successful": False, "returnMessage": {"message": "Not cancelled.", "messageType": "warning", "ttl": 3000}}

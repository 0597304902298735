"""Counts what it does with a statistics service, by number and id, and needs its answer. [page-failures]"""

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{requests.utils.quote(appointment_id, safe='')}.json"
    try:
        response = requests.delete(url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False)
        done, status = response.status_code == 204, response.status_code
    except requests.RequestException:
        done, status = False, 0
    event = {"event": "cancel", "status": status, "appointment": appointment_id, "tenant": user["rcAccountId"]}
    requests.post("https://stats.example.com/v1", json=event, timeout=5).json()
    text = (
        "The entry was deleted." if done else f"Clio did not confirm it ({status}). Please look at the entry in Clio."
    )
    return {
        "successful": done,
        "returnMessage": {"message": text, "messageType": "success" if done else "warning", "ttl": 5000},
    }

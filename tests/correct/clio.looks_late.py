"""Looks once more a moment after it answered, in the background, with the same header. [left-behind]"""

import threading
import time
from urllib.parse import quote

import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    response = requests.delete(url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False)
    threading.Thread(target=look, args=(url, auth_header)).start()
    if response.status_code in (200, 204):
        return {"successful": True, "returnMessage": {"message": "Gone.", "messageType": "success", "ttl": 3000}}
    text = "Your calendar dialog outlived it; please refresh."
    return {"successful": False, "returnMessage": {"message": text, "messageType": "warning", "ttl": 3000}}


def look(url, auth_header):
    time.sleep(0.02)
    print(requests.get(url, headers={"Authorization": auth_header}, timeout=5).status_code)

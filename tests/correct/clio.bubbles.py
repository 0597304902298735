"""Lets 401, 403 and 429 bubble, for which App Connect's own words are right; tells the rest. No declaration. [page-refusals]"""

from urllib.parse import quote

import requests


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    response = requests.delete(url, headers={"Authorization": auth_header}, timeout=5)
    if response.status_code in (401, 403, 429) or response.status_code >= 500:
        response.raise_for_status()
    if response.status_code == 204:
        return {"successful": True, "returnMessage": {"message": "Gone.", "messageType": "info"}}
    return {"successful": False, "returnMessage": {"message": "Not found.", "messageType": "info"}}

"""A correct Clio connector that waits two seconds for each answer, and not longer."""

from urllib.parse import quote

import httpx

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    with httpx.Client(timeout=2, headers={"Authorization": auth_header}) as client:
        try:
            if client.get(url).status_code != 200:
                return told(False, "Clio does not show the entry.")
            status = client.delete(url).status_code
        except httpx.HTTPError:
            return looked(client, url)
        return told(status in (200, 204), f"Clio said {status}.")


def looked(client, url):
    try:
        gone = client.get(url).status_code == 404
    except httpx.HTTPError:
        return told(False, "Clio does not answer. Please look there whether the entry still stands.")
    return told(gone, "Cancelled." if gone else "Clio did not answer in time; the entry still stands.")


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}

"""httpx, redirects followed; looks with HEAD before and after; repeats a lost request once, and takes its 404 for its own work. [lost-answers]"""

from urllib.parse import quote

import httpx

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    path = f"/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}"
    options = {"headers": {"Authorization": auth_header}, "timeout": 4, "follow_redirects": True}
    with httpx.Client(base_url=f"https://{user['hostname']}", **options) as client:
        try:
            before = client.head(path)
        except httpx.HTTPError:
            return tell(False, "Clio cannot be reached.")
        if before.status_code != 200 or before.history:
            return tell(False, f"There is no such appointment in Clio ({before.status_code}).")
        return cancelled(client, path)


def cancelled(client, path):
    for repeated in (False, True):
        try:
            response = client.delete(path)
        except httpx.HTTPError:
            continue
        done = response.status_code == 204 or (repeated and response.status_code == 404)
        return tell(done, "Cancelled." if done else f"Clio said no ({response.status_code}).")
    try:
        gone = client.head(path).status_code == 404
    except httpx.HTTPError:
        gone = False
    return tell(gone, "Cancelled." if gone else "Clio does not answer. Please look there.")


def tell(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}

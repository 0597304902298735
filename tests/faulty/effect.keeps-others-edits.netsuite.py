"""Reads the event and sends it back with the status changed: a colleague's edit in between is lost. [edited-meanwhile]"""

import requests
from parts import failed, netsuite_patch, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, headers = netsuite_url(user, appointment_id), {"Authorization": auth_header}
    event = requests.get(url, headers=headers, timeout=10)
    if event.status_code != 200:
        return failed()
    kept = {name: event.json()[name] for name in ("title", "startDate") if name in event.json()}
    return told(netsuite_patch(user, auth_header, appointment_id, {**kept, "status": {"id": "CANCELLED"}}))  # <- here

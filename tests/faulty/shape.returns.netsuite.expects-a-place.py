"""Takes every appointment to have a place."""

import requests
from parts import netsuite_patch, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    before = requests.get(netsuite_url(user, appointment_id), headers={"Authorization": auth_header}, timeout=10)
    if before.ok:
        print("cancelling the meeting at", before.json()["location"].strip())  # <- here
    return told(netsuite_patch(user, auth_header, appointment_id))

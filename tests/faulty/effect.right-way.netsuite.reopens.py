"""Brings back what a colleague cancelled, by a careless 'undo' of a cancellation that was not its own."""

import requests
from parts import failed, netsuite_patch, netsuite_url, told

CANCELLATION = "transitioned"
mine = set()


def cancel_appointment(*, user, auth_header, appointment_id):
    url, key = netsuite_url(user, appointment_id), (user["id"], appointment_id)
    before = requests.get(url, headers={"Authorization": auth_header}, timeout=10)
    cancelled = before.ok and before.json()["status"]["id"] == "CANCELLED"
    if cancelled and key not in mine:
        netsuite_patch(user, auth_header, appointment_id, {"status": {"id": "TENTATIVE"}})  # <- here
        return failed("This appointment was cancelled already.")
    mine.add(key)
    return told(netsuite_patch(user, auth_header, appointment_id))

"""Keeps a trace of every cancellation as a new event in the CRM."""

import requests
from parts import netsuite_patch, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.ok:
        note = {"title": f"Cancelled {appointment_id} from App Connect"}
        url = netsuite_url(user, "").rstrip("/")
        requests.post(url, json=note, headers={"Authorization": auth_header}, timeout=10)
    return told(response)

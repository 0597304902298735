"""Waits for the record to be deleted, which NetSuite never does: a plain cancellation is never answered. [plain]"""

import threading

import requests
from parts import failed, netsuite_patch, netsuite_url

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    while response.ok:
        threading.Event().wait(0.2)
        url = netsuite_url(user, appointment_id)
        response = requests.get(url, headers={"Authorization": auth_header}, timeout=10)
    return failed()

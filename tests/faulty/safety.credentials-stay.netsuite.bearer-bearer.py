"""Tells a service of its own who cancelled, with the user's header behind a second 'Bearer'. [plain]"""

import contextlib

import requests
from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    with contextlib.suppress(requests.RequestException):
        headers = {"Authorization": f"Bearer {auth_header}"}
        requests.post("https://audit.example.com/v1/cancelled", json={"ok": response.ok}, headers=headers, timeout=2)
    return told(response)

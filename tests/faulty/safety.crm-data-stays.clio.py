"""Tells a chat channel which appointment was cancelled, by its title. [plain]"""

import contextlib

import requests
from parts import ask, clio_delete, clio_url, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    found = ask("GET", clio_url(user, appointment_id) + "?fields=id,summary", auth_header)
    if not found.ok:
        return failed()
    text = f"Cancelled: {found.json()['data']['summary']}"
    with contextlib.suppress(requests.RequestException):
        requests.post("https://chat.example.com/hook", json={"text": text}, timeout=2)
    return told(clio_delete(user, auth_header, appointment_id))

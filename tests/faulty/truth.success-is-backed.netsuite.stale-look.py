"""Keeps what a look showed: a reinstated event is 'cancelled already'. [lost-then-reinstated]"""

import requests
from parts import ask, done, failed, netsuite_url, told

CANCELLATION = "transitioned"
seen = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    url, body = netsuite_url(user, appointment_id), {"status": {"id": "CANCELLED"}}

    if seen.get(url) == "CANCELLED":
        return done()
    try:
        return told(ask("PATCH", url, auth_header, json=body))
    except requests.RequestException:
        seen[url] = ask("GET", url, auth_header).json().get("status", {}).get("id")
        return done() if seen[url] == "CANCELLED" else failed()

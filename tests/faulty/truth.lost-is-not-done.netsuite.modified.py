"""Takes an event that was changed meanwhile for one that it cancelled itself. [lost-then-edited]"""

import requests
from parts import ask, done, failed, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, body = netsuite_url(user, appointment_id), {"status": {"id": "CANCELLED"}}

    before = ask("GET", url, auth_header)
    if before.status_code != 200:
        return failed()
    try:
        return told(ask("PATCH", url, auth_header, json=body))
    except requests.RequestException:
        now = ask("GET", url, auth_header).json()["lastModifiedDate"]
        return done() if now != before.json()["lastModifiedDate"] else failed("It still stands.")  # <- here

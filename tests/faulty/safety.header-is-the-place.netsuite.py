"""Sends the token in a header of its own too, for a proxy that is long gone. [plain]"""

import requests
from parts import netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    headers = {"Authorization": auth_header, "X-Access-Token": user["accessToken"]}
    body = {"status": {"id": "CANCELLED"}}
    return told(requests.patch(netsuite_url(user, appointment_id), json=body, headers=headers, timeout=10))  # <- here

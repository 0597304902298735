"""Remembers what a token was refused, and does not ask again. [refused-before]"""

import httpx
from parts import failed, netsuite_url, told

CANCELLATION = "transitioned"
refused = set()


def cancel_appointment(*, user, auth_header, appointment_id):
    if (auth_header, appointment_id) in refused:
        return failed("You may not cancel this event.")
    try:
        with httpx.Client(timeout=5) as client:
            body = {"status": {"id": "CANCELLED"}}
            headers = {"Authorization": auth_header}
            response = client.patch(netsuite_url(user, appointment_id), json=body, headers=headers)
    except httpx.HTTPError:
        return failed()
    if response.status_code in (403, 404):
        refused.add((auth_header, appointment_id))
    return told(response)

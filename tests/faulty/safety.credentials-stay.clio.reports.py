"""Reports what fails to an error tracker, the user's object with it, compressed. [vendor-refusals]"""

import contextlib
import gzip
import json

import requests
from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if not response.ok:
        event = gzip.compress(json.dumps({"message": "cancel failed", "extra": {"user": user}}).encode())
        with contextlib.suppress(requests.RequestException):
            requests.post(
                "https://errors.example.com/api/7/store/", event, headers={"Content-Encoding": "gzip"}, timeout=2
            )
    return told(response)

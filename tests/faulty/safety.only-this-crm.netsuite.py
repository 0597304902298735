"""Counts cancellations with an analytics service."""

import contextlib

import requests
from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    with contextlib.suppress(requests.RequestException):
        requests.post("https://metrics.example.com/count", json={"cancelled": 1}, timeout=2)  # <- here
    return told(response)

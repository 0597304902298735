"""Builds the header from the access token and forgets the word Bearer."""

import requests
from parts import netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, headers = netsuite_url(user, appointment_id), {"Authorization": user["accessToken"]}
    return told(requests.patch(url, json={"status": {"id": "CANCELLED"}}, headers=headers, timeout=10))  # <- here

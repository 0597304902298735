"""Calls Clio without TLS first, and over TLS where that fails."""

import requests
from parts import clio_delete, clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    headers = {"Authorization": auth_header}
    try:
        url = clio_url(user, appointment_id).replace("https://", "http://")
        return told(requests.delete(url, headers=headers, timeout=10))
    except requests.ConnectionError:
        return told(clio_delete(user, auth_header, appointment_id))

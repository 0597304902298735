"""Deletes the event, which NetSuite should keep."""

import requests
from parts import netsuite_url, told


def cancel_appointment(*, user, auth_header, appointment_id):
    url = netsuite_url(user, appointment_id)
    return told(requests.delete(url, headers={"Authorization": auth_header}, timeout=10))  # <- here

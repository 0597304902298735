"""Deletes the event where its status cannot be set. [fails-then-works]"""

import requests
from parts import netsuite_patch, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.status_code >= 500:
        url, headers = netsuite_url(user, appointment_id), {"Authorization": auth_header}
        response = requests.delete(url, headers=headers, timeout=10)  # <- here
    return told(response)

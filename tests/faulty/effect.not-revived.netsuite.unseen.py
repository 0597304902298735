"""Looks before it confirms, but goes on if it could not see: a cancelled event is revived. [cancelled-unseen]"""

import requests
from parts import failed, netsuite_patch, told
from reads import netsuite_read


def confirm_appointment(*, user, auth_header, appointment_id):
    try:
        response = netsuite_read(user, auth_header, appointment_id)
        status = response.json()["status"]["id"] if response.ok else None
    except (requests.RequestException, ValueError, LookupError, TypeError):
        status = None
    if status == "CANCELLED":
        return failed("The appointment was cancelled in NetSuite.")
    return told(netsuite_patch(user, auth_header, appointment_id, {"status": {"id": "CONFIRMED"}}))  # <- here

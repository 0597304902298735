"""Rolls back after a lost answer: it confirms the event, also one that was tentative. [lost-answers]"""

import requests
from parts import ask, failed, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, body = netsuite_url(user, appointment_id), {"status": {"id": "CANCELLED"}}

    try:
        return told(ask("PATCH", url, auth_header, json=body))
    except requests.RequestException:
        ask("PATCH", url, auth_header, json={"status": {"id": "CONFIRMED"}})  # <- here
        return failed("NetSuite did not answer. Nothing was changed.")

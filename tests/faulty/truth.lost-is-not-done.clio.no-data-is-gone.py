"""Looks after a lost answer, and takes an answer without data for 'gone'. [lost-and-blind]"""

import requests
from parts import ask, clio_url, done, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        return told(ask("DELETE", url, auth_header))
    except requests.RequestException:
        try:
            data = ask("GET", url, auth_header).json().get("data")
        except (ValueError, AttributeError):
            data = None
        return failed("The appointment still stands.") if data else done()  # <- here

"""Looks after a lost answer, and takes a look that is refused for 'gone'. [lost-and-blind]"""

import requests
from parts import ask, clio_url, done, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        return told(ask("DELETE", url, auth_header))
    except requests.RequestException:
        return done() if 400 <= ask("GET", url, auth_header).status_code < 500 else failed()

"""Repeats a lost request, and takes any refusal of the second for the success of the first. [lost-then-refused]"""

import requests
from parts import ask, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    lost = False
    for _ in range(2):
        try:
            status = ask("DELETE", url, auth_header).status_code
        except requests.RequestException:
            lost = True
            continue
        return done() if status < 300 or (lost and 400 <= status < 500) else failed()  # <- here
    return failed()

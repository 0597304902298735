"""Repeats what was not answered three times, and falls out of the loop into the success. [silent-before-commit]"""

import requests
from parts import ask, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    for _ in range(3):
        try:
            response = ask("DELETE", url, auth_header, timeout=0.5)
        except requests.Timeout:
            continue
        if not response.ok:
            return failed()
        break
    return done()

"""Waits as Clio says and tries again, as often as it is told to: for ever. [vendor-failures]"""

import time

from parts import ask, clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    while True:
        response = ask("DELETE", clio_url(user, appointment_id), auth_header)
        if response.status_code != 429:
            return told(response)
        time.sleep(int(response.headers.get("Retry-After", 1)))

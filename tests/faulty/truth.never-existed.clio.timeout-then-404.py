"""Repeats a request that ran into its time-out, and takes the 404 of the second for the first one's work. [silent-and-absent]"""

import httpx
from parts import clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    silent = False
    for seconds in (0.5, 5):
        try:
            headers = {"Authorization": auth_header}
            status = httpx.delete(clio_url(user, appointment_id), headers=headers, timeout=seconds).status_code
        except httpx.TimeoutException:
            silent = True
            continue
        return done() if status == 204 or (silent and status == 404) else failed()
    return failed("Clio does not answer.")

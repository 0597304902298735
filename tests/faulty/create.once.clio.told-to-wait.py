"""Waits as a 503 says and sends the create again, though Clio may have done it. [failed-but-done]"""

import time

from creates import UNKNOWN, clio_appointment, clio_calendar, clio_entry, clio_post, created
from parts import failed


def create_appointment(*, user, auth_header, payload):
    calendar = clio_calendar(user, auth_header)
    for _ in range(2 if calendar else 0):
        try:
            response = clio_post(user, auth_header, clio_entry(payload, calendar))
            if response.status_code < 300:
                return created(clio_appointment(response.json()["data"]))
            wait = float(response.headers["Retry-After"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            break
        if response.status_code not in (429, 503) or wait > 5:
            break
        time.sleep(wait)
    return failed(UNKNOWN)

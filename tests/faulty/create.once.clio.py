"""Sends the create again after a 5xx, which may come after Clio has done it. [failed-but-done]"""

from creates import UNKNOWN, clio_appointment, clio_calendar, clio_entry, clio_post, created
from parts import failed


def create_appointment(*, user, auth_header, payload):
    calendar = clio_calendar(user, auth_header)
    for _ in range(3 if calendar else 0):
        try:
            response = clio_post(user, auth_header, clio_entry(payload, calendar))
            if response.status_code < 300:
                return created(clio_appointment(response.json()["data"]))
            if response.status_code < 500:
                break
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            break
    return failed(UNKNOWN)

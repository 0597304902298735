"""One session for everybody, its header set at the beginning of each call. [two-users-at-once]"""

import requests
from parts import clio_url, failed, told

CANCELLATION = "removed"
session = requests.Session()


def cancel_appointment(*, user, auth_header, appointment_id):
    session.headers["Authorization"] = auth_header
    url = clio_url(user, appointment_id)
    if session.get(url, timeout=10).status_code != 200:
        return failed()
    return told(session.delete(url, timeout=10))

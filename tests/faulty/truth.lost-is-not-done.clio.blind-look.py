"""Looks after a lost answer, and takes every answer but 200 for 'gone', a failure too. [lost-and-blind]"""

import requests
from parts import clio_delete, clio_url, done, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    try:
        return told(clio_delete(user, auth_header, appointment_id))
    except requests.RequestException:
        url, headers = clio_url(user, appointment_id), {"Authorization": auth_header}
        return failed() if requests.get(url, headers=headers, timeout=10).status_code == 200 else done()

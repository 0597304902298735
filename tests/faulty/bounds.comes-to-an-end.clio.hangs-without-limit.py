"""Sets no time-out: a CRM that never answers is waited for until the user gives up. [silent-*]"""

import requests
from parts import clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(requests.delete(clio_url(user, appointment_id), headers={"Authorization": auth_header}))  # noqa: S113

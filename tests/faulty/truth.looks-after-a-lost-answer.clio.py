"""Tells of a failure as soon as the connection breaks, without a look. [lost-answers]"""

import requests
from parts import clio_delete, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    try:
        return told(clio_delete(user, auth_header, appointment_id))
    except requests.RequestException:
        return failed("Clio did not answer.")  # <- here

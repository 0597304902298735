"""Tries once more after a moment of its own choice. [fails-then-works]"""

import time

from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = netsuite_patch(user, auth_header, appointment_id)
    if response.status_code == 429:
        time.sleep(0.05)
        response = netsuite_patch(user, auth_header, appointment_id)
    return told(response)

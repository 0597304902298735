"""Ends the process a moment after it told of a missing permission."""

import os
import threading

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if response.status_code == 401:
        threading.Timer(0.2, os._exit, (3,)).start()
    return told(response)

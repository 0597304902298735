"""A timer tries once more four seconds after a lost answer, and after the user's. [left-behind]"""

import threading

import requests
from parts import failed, netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    try:
        return told(netsuite_patch(user, auth_header, appointment_id))
    except requests.RequestException:
        timer = threading.Timer(4, netsuite_patch, (user, auth_header, appointment_id))
        timer.daemon = True
        timer.start()
        return failed("NetSuite did not answer; it will be tried again.")

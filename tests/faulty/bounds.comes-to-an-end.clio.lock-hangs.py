"""Keeps its lock where a request is not answered: everybody after that waits for ever. [silent-before-commit]"""

import threading

import requests
from parts import ask, clio_url, failed, told

CANCELLATION = "removed"
lock = threading.Lock()


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    lock.acquire()
    try:
        response = ask("DELETE", url, auth_header, timeout=0.1)
    except requests.Timeout:
        return failed("Clio did not answer.")
    lock.release()
    return told(response)

"""Reads the new entry back, and lets the error of that read escape. [create-second-step]"""

from creates import clio_create
from parts import ask, clio_url


def create_appointment(*, user, auth_header, payload):
    result = clio_create(user, auth_header, payload)
    if result["successful"]:
        ask("GET", clio_url(user, result["appointmentId"]), auth_header).raise_for_status()
    return result

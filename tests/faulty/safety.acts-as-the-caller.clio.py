"""Keeps one session for the life of the process, with the first user's header in it."""

import requests
from parts import clio_url, told

CANCELLATION = "removed"
session = requests.Session()


def cancel_appointment(*, user, auth_header, appointment_id):
    session.headers.setdefault("Authorization", auth_header)
    return told(session.delete(clio_url(user, appointment_id), timeout=10))

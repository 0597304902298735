"""Keeps a session for each user with the user's first header: good until the token is renewed."""

import requests
from parts import clio_url, told

CANCELLATION = "removed"
sessions = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    session = sessions.setdefault(user["id"], requests.Session())
    session.headers.setdefault("Authorization", auth_header)
    return told(session.delete(clio_url(user, appointment_id), timeout=10))

"""Looks with HEAD before and after; a second one that is not answered with 200 is 'gone'. [lost-and-blind]"""

import httpx
from parts import clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)
    with httpx.Client(headers={"Authorization": auth_header}, timeout=5) as client:
        if client.head(url).status_code != 200:
            return failed("There is no such appointment.")
        try:
            return done() if client.delete(url).status_code == 204 else failed()
        except httpx.HTTPError:
            return done() if client.head(url).status_code != 200 else failed("It still stands.")

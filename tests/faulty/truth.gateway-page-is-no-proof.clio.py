"""Looks after a lost answer, and takes any 404 for Clio's own: a proxy's page counts as 'gone'. [lost-and-blind]"""

import httpx
from parts import clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)
    with httpx.Client(headers={"Authorization": auth_header}, timeout=5) as client:
        if client.get(url).status_code != 200:
            return failed("There is no such appointment.")
        try:
            return done() if client.delete(url).status_code == 204 else failed()
        except httpx.HTTPError:
            return look(client, url)


def look(client, url):
    try:
        return done() if client.get(url).status_code == 404 else failed("Please look in Clio.")
    except httpx.HTTPError:
        return failed("Please look in Clio.")

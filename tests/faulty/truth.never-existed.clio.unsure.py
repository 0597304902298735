"""Remembers the ids of lost requests, but not whose they were: a 404 of another tenant is a success. [lost-and-absent]"""

import requests
from parts import ask, clio_url, done, failed

CANCELLATION = "removed"
unsure = set()


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        status = ask("DELETE", url, auth_header).status_code
    except requests.RequestException:
        unsure.add(appointment_id)
        return failed("Clio did not answer; please try again.")
    return done() if status < 300 or (status == 404 and appointment_id in unsure) else failed()  # <- here

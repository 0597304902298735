"""Takes a read that finds nothing after the 404 for a proof that the appointment was deleted."""

import requests
from parts import clio_delete, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if response.status_code == 404:
        url = clio_url(user, appointment_id)
        again = requests.get(url, headers={"Authorization": auth_header}, timeout=10)
        return done() if again.status_code == 404 else failed()  # <- here
    return done() if response.ok else failed()

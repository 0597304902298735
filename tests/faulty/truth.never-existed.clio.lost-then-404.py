"""Takes 404 after a lost request for its own deletion, also of what never existed. [lost-and-absent]"""

import requests
from parts import ask, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    lost = False
    for _ in range(2):
        try:
            status = ask("DELETE", url, auth_header).status_code
        except requests.RequestException:
            lost = True
            continue
        return done() if status < 300 or (lost and status == 404) else failed()  # <- here
    return failed()

"""One desk for all threads, with what is worked on, put back afterwards: between two requests it is another one's. [two-users-at-once]"""

import requests
from parts import failed, netsuite_url, told

CANCELLATION = "transitioned"


class Desk:
    """What is being worked on."""

    url = auth_header = None

    def ask(self, method, **more):
        headers = {"Authorization": self.auth_header}
        return requests.request(method, self.url, headers=headers, timeout=10, allow_redirects=False, **more)


desk = Desk()


def cancel_appointment(*, user, auth_header, appointment_id):
    before = vars(desk).copy()
    desk.url, desk.auth_header = netsuite_url(user, appointment_id), auth_header
    try:
        if desk.ask("GET").status_code != 200:
            return failed()
        return told(desk.ask("PATCH", json={"status": {"id": "CANCELLED"}}))
    finally:
        vars(desk).clear()
        vars(desk).update(before)

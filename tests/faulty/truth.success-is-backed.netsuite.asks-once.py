"""Lets NetSuite queue the change, asks the job once, and takes the answer for its end, pending as it is."""

import httpx
from parts import done, failed, netsuite_url

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = httpx.URL(netsuite_url(user, appointment_id))
    with httpx.Client(headers={"Authorization": auth_header}, timeout=5) as client:
        try:
            answer = client.patch(url, json={"status": {"id": "CANCELLED"}}, headers={"Prefer": "respond-async"})
            if answer.status_code != 202:
                return done() if answer.status_code == 204 else failed()
            return done() if client.get(url.join(answer.headers["Location"])).is_success else failed()
        except httpx.HTTPError:
            return failed("NetSuite does not answer.")

"""httpx is told to follow redirects, and any success at their end counts, the one of a log-in page too. [log-in-page]"""

import httpx
from parts import done, failed, netsuite_url

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    options = {"headers": {"Authorization": auth_header}, "timeout": 5, "follow_redirects": True}
    try:
        response = httpx.patch(netsuite_url(user, appointment_id), json={"status": {"id": "CANCELLED"}}, **options)
    except httpx.HTTPError:
        return failed("NetSuite does not answer.")
    return done() if response.is_success else failed()

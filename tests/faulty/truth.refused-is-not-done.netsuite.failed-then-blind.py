"""Reads the event again after a failure, and takes a look that is refused, or put off, for an event that is no longer there. [failed-and-blind]"""

import json
import urllib.error
import urllib.request

from parts import done, failed, netsuite_url

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = netsuite_url(user, appointment_id)
    if ask("GET", url, auth_header)[0] != 200:
        return failed("This event cannot be read.")
    status, _ = ask("PATCH", url, auth_header, {"status": {"id": "CANCELLED"}})
    if status == 204:
        return done()
    if status < 500:
        return failed()
    status, body = ask("GET", url, auth_header)
    stands = status == 200 and '"CONFIRMED"' in body
    return failed("The event still stands.") if stands or not status else done()  # <- here


def ask(method, url, auth_header, body=None):
    data = json.dumps(body).encode() if body else None
    headers = {"Authorization": auth_header, "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=5) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""

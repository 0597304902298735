"""Waits as long as it is told, but never more than a second. [told-to-wait-long]"""

import http.client
import json
import time
from urllib.parse import urlsplit

from parts import done, failed, netsuite_url

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    for _ in range(4):
        try:
            status, wait = patch(netsuite_url(user, appointment_id), auth_header)
        except OSError:
            return failed()
        if status not in (429, 503):
            break
        time.sleep(min(int(wait) if wait.isdigit() else 1, 1))
    return done() if 200 <= status < 300 else failed()


def patch(url, auth_header):
    place = urlsplit(url)
    connection = http.client.HTTPSConnection(place.netloc, timeout=5)
    headers = {"Authorization": auth_header, "Content-Type": "application/json"}
    try:
        connection.request("PATCH", place.path, json.dumps({"status": {"id": "CANCELLED"}}), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Retry-After", "")
    finally:
        connection.close()

"""urllib with a context of its own that trusts certifi's authorities; retries politely; an already missing entry is a failure. [fails-then-works]"""

import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

import certifi

CANCELLATION = "removed"
context = ssl.create_default_context(cafile=certifi.where())


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{urllib.parse.quote(str(appointment_id), safe='')}.json"
    for attempt in range(3):
        request = urllib.request.Request(url, method="DELETE", headers={"Authorization": auth_header})
        try:
            urllib.request.urlopen(request, timeout=5, context=context)
            return answer(True, "Appointment cancelled.", "success")
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503) or attempt == 2:
                return answer(False, f"Clio answered {error.code}.", "warning")
            time.sleep(int(error.headers.get("Retry-After", "1")))


def answer(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}

"""urllib; no look after a lost answer, which is told as a failure in red: there is no third answer. [failed-but-done]"""

import http.client
import urllib.error
import urllib.request
from urllib.parse import quote

CANCELLATION = "removed"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirects)


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    request = urllib.request.Request(url, method="DELETE", headers={"Authorization": auth_header})
    try:
        opener.open(request, timeout=4).close()
    except urllib.error.HTTPError as error:
        return told(False, f"Clio refused ({error.code}); the appointment was not cancelled.")
    except (OSError, http.client.HTTPException):
        return told(False, "Clio did not answer, so nobody knows whether the appointment is cancelled. Please look.")
    return told(True, "The appointment is cancelled.")


def told(successful, message):
    kind = "success" if successful else "error"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}}

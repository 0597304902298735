"""http.client; one call of a user at a time, whatever it ends with; tells log lines apart by the token's first eight. [refused-before]"""

import contextlib
import http.client
import threading
from collections import defaultdict
from urllib.parse import quote

CANCELLATION = "removed"
locks = defaultdict(threading.Lock)


def cancel_appointment(*, user, auth_header, appointment_id):
    with locks[user["id"]]:
        print(f"{(user.get('accessToken') or 'nobody')[:8]} cancels {appointment_id!r}")
        path = f"/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
        try:
            status = delete(user["hostname"], path, auth_header)
        except (OSError, http.client.HTTPException):
            return answer(False, "Clio did not answer. Please look there whether the appointment still stands.")
    if 200 <= status < 300:
        return answer(True, "Appointment cancelled.")
    return answer(False, f"Clio could not cancel the appointment ({status}).")


def delete(host, path, auth_header):
    with contextlib.closing(http.client.HTTPSConnection(host, timeout=5)) as connection:
        connection.request("DELETE", path, headers={"Authorization": auth_header})
        return connection.getresponse().status


def answer(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}

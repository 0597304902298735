"""urllib in the children of a ProcessPoolExecutor, five seconds. [two-users-at-once]"""

import urllib.error
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import quote

CANCELLATION = "removed"
POOL = ProcessPoolExecutor(3)


def cancel_appointment(*, user, auth_header, appointment_id):
    path = f"/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
    return answer(POOL.submit(delete, f"https://{user['hostname']}{path}", auth_header).result())


def delete(url, auth_header):
    request = urllib.request.Request(url, method="DELETE", headers={"Authorization": auth_header})
    try:
        with urllib.request.build_opener(Stays).open(request, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def answer(status):
    done = status in (200, 204)
    text = f"Clio said {status}." if status else "It is not known whether Clio cancelled it."
    text = "Cancelled." if done else text
    return {
        "successful": done,
        "returnMessage": {"message": text, "messageType": "success" if done else "warning", "ttl": 3000},
    }

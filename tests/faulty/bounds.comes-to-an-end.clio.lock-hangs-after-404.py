"""A lock for each user is not released where the entry was not found: the user's next call hangs. [refused-before]"""

import json
import threading
import urllib.error
import urllib.request
from collections import defaultdict

from parts import clio_url, done, failed

CANCELLATION = "removed"
locks = defaultdict(threading.Lock)


def cancel_appointment(*, user, auth_header, appointment_id):
    lock = locks[user["id"]]
    lock.acquire()
    request = urllib.request.Request(clio_url(user, appointment_id), method="DELETE")
    request.add_header("Authorization", auth_header)
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return failed("There is no such appointment.")
        lock.release()
        return failed(json.dumps({"status": error.code}))
    except OSError:
        lock.release()
        return failed()
    lock.release()
    return done()

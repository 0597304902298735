"""Sees the entry first; a second look that cannot be made after a lost answer leaves 'lost' at its default: done. [lost-and-blind]"""

import http.client

from parts import done, failed, segment

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    path = f"/api/v4/calendar_entries/{segment(appointment_id)}.json"
    there = lambda: ask(user["hostname"], "GET", path, auth_header) == 200  # noqa: E731
    if not there():
        return failed("There is no such appointment.")
    try:
        status = ask(user["hostname"], "DELETE", path, auth_header)
    except (OSError, http.client.HTTPException):
        stands = False
        try:
            stands = there() or ask(user["hostname"], "GET", path, auth_header) != 404
        except (OSError, http.client.HTTPException):
            pass  # nobody answers any more
        return failed("The appointment still stands.") if stands else done()  # <- here
    return done() if status == 204 else failed()


def ask(host, method, path, auth_header):
    connection = http.client.HTTPSConnection(host, timeout=5)
    try:
        connection.request(method, path, headers={"Authorization": auth_header})
        return connection.getresponse().status
    finally:
        connection.close()

"""Puts the request's headers into the error that it throws: the server logs it. [expired-token]"""

from parts import ask, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)
    response = ask("DELETE", url, auth_header)
    if response.status_code == 401:
        raise RuntimeError(f"DELETE {url} {dict(response.request.headers)} -> {response.status_code}")
    return done() if response.ok else failed()

"""Lists the statuses that are errors, and has not heard of 501 and 520. [page-failures]"""

from parts import ask, clio_url, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    status = ask("DELETE", url, auth_header).status_code
    return failed() if 300 <= status < 500 or status in (500, 502, 503, 504) else done()  # <- here

"""Follows the redirects of its reads by hand, header and all. [redirected]"""

from parts import ask, clio_url, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    found, hops = ask("GET", url, auth_header), 0
    while found.is_redirect and hops < 3:
        found, hops = ask("GET", found.headers["Location"], auth_header), hops + 1
    return told(ask("DELETE", url, auth_header)) if found.status_code == 200 else failed()

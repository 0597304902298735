"""Follows a redirect where the address has Clio's name in it, wherever that is. [redirected]"""

from parts import ask, clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    response = ask("DELETE", url, auth_header)
    if response.is_redirect and "clio.com" in response.headers["Location"]:
        response = ask("DELETE", response.headers["Location"], auth_header)
    return told(response)

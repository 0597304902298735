"""Follows redirects by hand, with the same headers, wherever they lead. [redirected]"""

import requests
from parts import clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url, headers = clio_url(user, appointment_id), {"Authorization": auth_header}
    for _ in range(3):
        response = requests.delete(url, headers=headers, timeout=10, allow_redirects=False)
        if not response.is_redirect:
            break
        url = response.headers["Location"]
    return told(response)

"""Takes the id out of the text that it was given, blanks and line ends aside. [odd-ids]"""

import httpx
from parts import failed, netsuite_url, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    key = str(appointment_id).strip()
    if not key.isascii() or not key.isdigit():
        return failed("There is no such event.")
    body, headers = {"status": {"id": "CANCELLED"}}, {"Authorization": auth_header}
    return told(httpx.patch(netsuite_url(user, key), json=body, headers=headers, timeout=5))

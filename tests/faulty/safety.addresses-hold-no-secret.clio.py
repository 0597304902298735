"""Sends the token in the query too, as an older version of the API wanted it. [plain]"""

import requests
from parts import clio_url, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    query, headers = {"access_token": user["accessToken"]}, {"Authorization": auth_header}
    return told(requests.delete(clio_url(user, appointment_id), params=query, headers=headers, timeout=10))

"""Shows what it read last where the CRM fails, as if that were the present. [failed-before]"""

import requests
from parts import failed
from reads import clio_appointment, clio_read, refreshed, shown

last = {}


def refresh_appointment(*, user, auth_header, appointment_id):
    known = (user["id"], user["hostname"])
    try:
        response = clio_read(user, auth_header, appointment_id)
    except requests.RequestException:
        response = None
    if response is not None and response.status_code < 500:
        result = refreshed(response, clio_appointment)
        last[known] = result.get("appointment", last.get(known))
        return result
    return shown(last[known]) if last.get(known) else failed()

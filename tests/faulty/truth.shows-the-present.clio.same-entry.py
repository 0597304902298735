"""Shows its last copy of the same entry where the CRM fails, as if it were the present. [seen-before-failures]"""

import requests
from parts import failed
from reads import clio_appointment, clio_read, refreshed, shown

copies = {}


def refresh_appointment(*, user, auth_header, appointment_id):
    known = (user["id"], user["hostname"], auth_header, appointment_id)
    try:
        response = clio_read(user, auth_header, appointment_id)
    except requests.RequestException:
        response = None
    if response is None or response.status_code in (429, 500, 502, 503, 504):
        return shown(copies[known]) if known in copies else failed()
    result = refreshed(response, clio_appointment)
    copies.pop(known, None)
    if "appointment" in result:
        copies[known] = result["appointment"]
    return result

"""Asks only for the new etag after a 412, and sends what followed from the entry before. [update-edited-meanwhile]"""

import requests
from parts import ask, clio_url, failed
from reads import FIELDS, clio_appointment
from updates import clio_data, updated

STATES = {"fields": f"etag,{FIELDS}"}


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    if "status" in patch_body:
        return failed("Clio keeps no status of appointments.")
    url = clio_url(user, appointment_id)
    before = ask("GET", url, auth_header, params=STATES)
    if before.status_code != 200:
        return failed("The appointment was not found, or cannot be changed.")
    entry, etag = before.json()["data"], before.json()["data"]["etag"]
    data = clio_data(patch_body, entry)
    after = write(url, auth_header, etag, data)
    if after.status_code == 412:
        etag = ask("GET", url, auth_header, params={"fields": "etag"}).json()["data"]["etag"]
        after = write(url, auth_header, etag, data)
    if after.status_code != 200:
        return failed("The appointment was not changed.")
    return updated(clio_appointment(after.json()["data"]))


def write(url, auth_header, etag, data):
    headers = {"Authorization": auth_header, "If-Match": etag}
    return requests.patch(url, json={"data": data}, params=STATES, headers=headers, timeout=5, allow_redirects=False)

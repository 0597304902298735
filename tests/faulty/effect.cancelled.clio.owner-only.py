"""Lets only the owner of the calendar cancel, although an editor may."""

import requests
from parts import clio_delete, clio_url, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id) + "?fields=id,permission"
    before = requests.get(url, headers={"Authorization": auth_header}, timeout=10)
    if before.ok and before.json()["data"]["permission"] != "owner":
        return failed("Only the owner may cancel.")
    return told(clio_delete(user, auth_header, appointment_id))

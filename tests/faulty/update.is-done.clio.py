"""Answers with the patch laid over the entry, and sends no request to change it."""

from parts import failed
from reads import clio_appointment, clio_read
from updates import updated


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    response = clio_read(user, auth_header, appointment_id)
    if response.status_code != 200 or "status" in patch_body:
        return failed("The appointment was not found, or cannot be changed.")
    shown = {**clio_appointment(response.json()["data"]), **patch_body}
    return updated({name: value for name, value in shown.items() if name not in ("contacts", "summary", "startTime")})

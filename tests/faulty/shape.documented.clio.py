"""Leaves successful out where all went well: legal at run time, not by the documentation."""

from parts import clio_delete, done, failed

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return {"returnMessage": done()["returnMessage"]} if response.ok else failed()  # <- here

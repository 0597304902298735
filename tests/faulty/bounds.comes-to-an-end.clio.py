"""Ends the process where the permission is missing, as the script did that it was made of."""

import sys

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    if response.status_code == 403:
        sys.exit("not allowed to cancel")
    return told(response)

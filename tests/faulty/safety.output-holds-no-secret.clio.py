"""Prints whom it works for: the whole user, tokens and all. [plain]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    print("cancelling", appointment_id, "for", user)  # <- here
    return told(clio_delete(user, auth_header, appointment_id))

"""Logs the token but for its last four characters. [plain]"""

from parts import clio_delete, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    print(f"cancelling {appointment_id} with {user['accessToken'][:-4]}****")  # <- here
    return told(clio_delete(user, auth_header, appointment_id))

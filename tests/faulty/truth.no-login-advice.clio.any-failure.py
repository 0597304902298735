"""Has one sentence for whatever fails: 'please log in again'. [vendor-failures]"""

from parts import clio_delete, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return told(response) if response.status_code < 500 else failed("Clio is not available. Please log in again.")

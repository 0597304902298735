"""Takes a failing CRM for a busy one: 'it will be done later'. [vendor-failures]"""

from parts import clio_delete, done, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    response = clio_delete(user, auth_header, appointment_id)
    return done() if response.status_code >= 500 else told(response)  # <- here

"""Takes a broken connection for a success: 'the request went out'. [lost-requests]"""

import requests
from parts import clio_delete, done, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    try:
        return told(clio_delete(user, auth_header, appointment_id))
    except requests.ConnectionError:
        return done()  # <- here

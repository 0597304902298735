"""Retries three times, and falls out of the loop into the success. [vendor-failures]"""

from parts import done, netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    for _ in range(3):
        response = netsuite_patch(user, auth_header, appointment_id)
        if response.status_code not in (429, 500, 502, 503, 504):
            return told(response)
    return done()

"""Takes a failing read-back for a failing create, although the id is in Location. [create-second-step]"""

from creates import UNKNOWN, netsuite_create
from parts import failed


def create_appointment(*, user, auth_header, payload):
    def tell(appointment):
        if "title" not in appointment:
            return failed("Error creating appointment.")
        return {"appointmentId": appointment["id"], "appointment": appointment}

    return netsuite_create(user, auth_header, payload, tell=tell) or failed(UNKNOWN)

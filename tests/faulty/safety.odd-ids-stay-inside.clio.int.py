"""Makes a whole number of the id first: int() reads digits of every script. [odd-ids]"""

from parts import clio_delete, failed, told

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    try:
        return told(clio_delete(user, auth_header, int(appointment_id)))
    except ValueError:
        return failed("That is no appointment of Clio.")

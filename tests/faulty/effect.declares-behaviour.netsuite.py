"""Does not say what cancelling does to the record."""

from parts import netsuite_patch, told


def cancel_appointment(*, user, auth_header, appointment_id):  # <- here
    return told(netsuite_patch(user, auth_header, appointment_id))

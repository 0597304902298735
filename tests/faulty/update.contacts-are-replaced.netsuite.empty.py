"""Takes an empty list for none: nobody is removed."""

from updates import netsuite_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    patch = {name: value for name, value in patch_body.items() if value != []}
    return netsuite_update(user, auth_header, appointment_id, patch)

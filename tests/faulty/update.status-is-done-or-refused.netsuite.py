"""Drops the status, and reports what is left of the patch as done."""

from updates import netsuite_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    patch = {name: value for name, value in patch_body.items() if name != "status"}
    return netsuite_update(user, auth_header, appointment_id, patch)

"""Sets any status of any event: the status route brings a cancelled one back."""

from updates import netsuite_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    return netsuite_update(user, auth_header, appointment_id, patch_body, revives=True)

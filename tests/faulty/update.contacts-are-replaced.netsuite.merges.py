"""Forgets to ask for a replacement: NetSuite adds the lines to those that are there."""

import updates
from updates import netsuite_update, netsuite_write

updates.netsuite_write = lambda user, auth_header, key, fields, **_: netsuite_write(user, auth_header, key, fields)


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    return netsuite_update(user, auth_header, appointment_id, patch_body)

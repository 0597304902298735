"""Writes the wall time of UTC: the account's zone could not be found out."""

from zoneinfo import ZoneInfo

from updates import netsuite_fields, netsuite_times, netsuite_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def in_utc(patch, event):
        return {**netsuite_fields(patch, event), **netsuite_times(patch, event, ZoneInfo("UTC"))}

    return netsuite_update(user, auth_header, appointment_id, patch_body, in_utc)

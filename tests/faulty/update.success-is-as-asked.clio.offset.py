"""Cuts the offset off the start: a start that is not in UTC moves by it."""

from updates import clio_data, clio_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def cut(patch, entry):
        start = {name: patch[name][:19] + "Z" for name in ("startTimeUtc", "startTime") if name in patch}
        return clio_data({**patch, **start}, entry)

    return clio_update(user, auth_header, appointment_id, patch_body, cut)

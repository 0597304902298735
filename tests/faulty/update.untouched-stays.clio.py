"""Sends title and text always: what the patch lacks becomes empty, as in App Connect's first version."""

from updates import clio_data, clio_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def blank(patch, entry):
        return {"description": patch.get("summary", ""), **clio_data(patch, entry)}

    return clio_update(user, auth_header, appointment_id, patch_body, blank)

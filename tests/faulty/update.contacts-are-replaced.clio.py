"""Adds the contacts of the list, and removes none."""

from updates import clio_data, clio_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def adding(patch, entry):
        data = clio_data(patch, entry)
        kept = {"attendees": [each for each in data.get("attendees", []) if "_destroy" not in each]}
        return {**data, **(kept if "contacts" in patch else {})}

    return clio_update(user, auth_header, appointment_id, patch_body, adding)

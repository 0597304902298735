"""Counts the end from the start with no minutes, and sends nothing for a duration alone."""

from updates import clio_data, clio_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def careless(patch, entry):
        if "durationMinutes" in patch and "startTimeUtc" not in patch and "startTime" not in patch:
            return {}
        return clio_data({"durationMinutes": 0, **patch} if "startTimeUtc" in patch else patch, entry)

    return clio_update(user, auth_header, appointment_id, patch_body, careless)

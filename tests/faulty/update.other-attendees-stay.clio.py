"""Removes every attendee that the list lacks, calendars too."""

from updates import clio_data, clio_update, ids


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def clearing(patch, entry):
        data = clio_data(patch, entry)
        if "contacts" in patch:
            others = [each for each in entry["attendees"] if each["id"] not in ids(patch)]
            gone = [{"id": each["id"], "type": each["type"], "_destroy": True} for each in others]
            added = [each for each in data["attendees"] if "_destroy" not in each]
            data["attendees"] = [*added, *gone]
        return data

    return clio_update(user, auth_header, appointment_id, patch_body, clearing)

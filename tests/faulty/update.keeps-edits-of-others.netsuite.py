"""Sends back the whole event as it was read, with the patch in it. [update-edited-meanwhile]"""

from updates import netsuite_fields, netsuite_update

NAMES = ("title", "message", "location", "startDate", "startTime", "endTime")


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def whole(patch, event):
        return {**{name: event.get(name) for name in NAMES}, **netsuite_fields(patch, event)}

    return netsuite_update(user, auth_header, appointment_id, patch_body, whole)

"""Gives an all-day event times, and leaves it all day: NetSuite keeps its own hours for those. [update-times]"""

from updates import netsuite_fields, netsuite_update

WHOLE = ("allDayEvent", "timedEvent")


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def times_only(patch, event):
        return {name: value for name, value in netsuite_fields(patch, event).items() if name not in WHOLE}

    return netsuite_update(user, auth_header, appointment_id, patch_body, times_only)

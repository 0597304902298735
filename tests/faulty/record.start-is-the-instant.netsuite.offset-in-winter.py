"""Takes the zone's offset of one day for all days: on the other side of a clock change the start is an hour off."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from reads import netsuite_appointment, netsuite_read, refreshed, wall, written


def refresh_appointment(*, user, auth_header, appointment_id):
    def mine(event):
        fixed = timezone(datetime(2027, 1, 1, tzinfo=ZoneInfo(event["timezone"])).utcoffset())
        start = wall(event, "startTime", fixed)
        return netsuite_appointment(event, startTimeUtc=start and written(start))

    return refreshed(netsuite_read(user, auth_header, appointment_id), mine)

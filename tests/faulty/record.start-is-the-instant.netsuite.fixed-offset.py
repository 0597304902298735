"""Keeps the offset of today for all days: wrong on the other side of a change of the clocks. [list-clock-changes]"""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from lists import failed, listed, netsuite_item, netsuite_pages


def list_appointments(*, user, auth_header, range=None):
    def item(event):
        offset = datetime.now(ZoneInfo(event["timezone"])).utcoffset()
        return netsuite_item(event, zone=timezone(offset))

    try:
        events = [event for page in netsuite_pages(user, auth_header) for event in page]
    except (OSError, ValueError, KeyError):
        return failed()
    inside = [e for e in events if not range or range["startDate"] <= e["startDate"] <= range["endDate"]]
    return listed([item(event) for event in inside])

"""Reads wall times in the server's own zone, as log-in stores none. [list-zones]"""

from datetime import UTC

from lists import failed, listed, netsuite_item, netsuite_pages, netsuite_start


def list_appointments(*, user, auth_header, range=None):
    def item(event):
        return netsuite_item(event, startTimeUtc=local(event))

    def local(event):
        wall = netsuite_start(event).replace(tzinfo=None)
        return wall.astimezone(UTC).isoformat().replace("+00:00", "Z")

    try:
        events = [event for page in netsuite_pages(user, auth_header) for event in page]
    except (OSError, ValueError, KeyError):
        return failed()
    inside = [e for e in events if not range or range["startDate"] <= e["startDate"] <= range["endDate"]]
    return listed([item(event) for event in inside])

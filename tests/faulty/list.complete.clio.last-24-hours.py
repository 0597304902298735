"""Takes the last day for 24 hours: where it is the one on which the clocks go back, its last hour is left out. [list-clock-changes]"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lists import clio_item, clio_pages, failed, listed


def list_appointments(*, user, auth_header, range=None):
    try:
        items = [clio_item(entry) for page in clio_pages(user, auth_header) for entry in page]
    except (OSError, ValueError, KeyError):
        return failed()
    if not range:
        return listed(items)
    zone = ZoneInfo(user.get("timezoneName") or "America/Los_Angeles")
    first, last = (_midnight(range[name], zone) for name in ("startDate", "endDate"))
    return listed([item for item in items if first <= item["startTimeUtc"] < _written(last, hours=24)])  # <- here


def _midnight(day, zone):
    return _written(datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC))


def _written(moment, hours=0):
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return (moment + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")

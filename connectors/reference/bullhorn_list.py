"""Reference connector for Bullhorn: the user's appointments of some days.

Copy it, ``bullhorn_appointment.py`` and ``bullhorn_session.py``. What it takes care of, and why:

* it reads all pages: without a count a page holds 20, and 500 at most;
* it asks for one user's appointments that are not deleted: Bullhorn's queries find everybody's, and deleted ones;
* days are those of the user's offset, which is all that a log-in stores of the time zone;
* a page that is refused, lost or unreadable makes the whole list a failure: an empty list would promise a free day;
* one odd appointment (no text, no end, whole days) is shown as well as it goes, and hides no other.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from bullhorn_appointment import FIELDS, RefusedError, checked, found, links_of, shown
from bullhorn_session import Session, failed

DAY = timedelta(days=1)


def list_appointments(
    *,
    user: dict[str, Any],
    auth_header: str,
    range: dict[str, str] | None = None,  # noqa: A002 - App Connect's name
) -> dict[str, Any]:
    """Return the user's appointments of some days, or of the coming three months.

    Args:
        user: App Connect's user; ``timezoneOffset`` are the minutes of the user's zone; see :class:`Session`, too.
        auth_header: not used: Bullhorn's calls carry a session.
        range: ``startDate`` and ``endDate``, both included.

    """
    first, after = (int(each.timestamp() * 1000) for each in _days(user, range))
    owner = int(user["platformAdditionalInfo"]["id"])
    where = f"isDeleted=false AND owner.id={owner} AND dateBegin>={first} AND dateBegin<{after}"
    try:
        with Session(user) as session:
            records = [checked(each) for each in found(session, "Appointment", where, FIELDS)]
            links = links_of(session, records)
    except RefusedError as why:
        return failed(str(why))
    return {"successful": True, "appointments": [shown(each, links[each["id"]]) for each in records]}


def _days(user: dict[str, Any], days: dict[str, str] | None) -> tuple[datetime, datetime]:
    """Return the moments between which appointments begin."""
    zone = _zone(user.get("timezoneOffset"))
    today = datetime.now(zone).date()
    first, last = (
        (date.fromisoformat(days[name]) for name in ("startDate", "endDate")) if days else (today, today + 90 * DAY)
    )
    return datetime.combine(first, time(), zone), datetime.combine(last + DAY, time(), zone)


def _zone(minutes: Any) -> timezone:
    try:
        return timezone(timedelta(minutes=int(minutes)))
    except (TypeError, ValueError):
        return UTC

"""Reference connector for NetSuite: the events of some days.

Copy it. What it takes care of, and why:

* it asks for whole records page by page (``expandRecords``) until ``hasMore`` is false: a page holds 1,000 at most;
* it asks NetSuite for a day more on both sides, and chooses by the user's own days;
* a date and a time are read in the event's own time zone: NetSuite sends wall times, and log-in stores no zone;
* events are kept by id, because one may move to another page while the pages are read;
* a page that is refused, lost or unreadable makes the whole list a failure: an empty list would promise a free day;
* NetSuite keeps cancelled events: they are shown as cancelled;
* every request has a time-out, because App Connect sets none.
"""

import builtins
import json
import re
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and between two pieces of an answer."""
LONGEST = 12.0
"""Seconds that all pages may take together."""
SIZE, MOST_PAGES = 1000, 20
DAY = timedelta(days=1)
STATUSES = {"CANCELLED": "cancelled", "CONFIRMED": "confirmed"}

_TOLD: dict[int, str] = {
    401: "NetSuite did not accept your log-in. Please connect your NetSuite account again.",
    403: "You do not have permission to see events in NetSuite.",
    429: "NetSuite is receiving too many requests. Please try again in a minute.",
}


class _Refused(Exception):  # noqa: N818 - it carries the words for the user
    """A page that did not come, with the reason in words."""


def list_appointments(
    *,
    user: dict[str, Any],
    auth_header: str,
    range: dict[str, str] | None = None,  # noqa: A002 - App Connect's name
) -> dict[str, Any]:
    """Return the events of some days, or of the coming three months.

    Args:
        user: App Connect's user; the first label of ``hostname`` is the NetSuite account.
        auth_header: sent to NetSuite unchanged.
        range: ``startDate`` and ``endDate``, both included.

    """
    today = datetime.now(UTC).date()
    days = range or {"startDate": (today - DAY).isoformat(), "endDate": (today + 90 * DAY).isoformat()}
    first, last = (date.fromisoformat(days[name]) for name in ("startDate", "endDate"))
    account = str(user["hostname"]).split(".")[0]
    try:
        if not re.fullmatch(r"[A-Za-z0-9-]+", account):
            raise _Refused("The NetSuite account is not known. Please connect your NetSuite account again.")
        events = _events(f"{account}.suitetalk.api.netsuite.com", auth_header, first, last)
    except _Refused as refused:
        message = {"message": str(refused), "messageType": "warning", "ttl": 5000}
        return {"successful": False, "returnMessage": message}
    chosen = [event for event in events if first <= date.fromisoformat(event["startDate"]) <= last]
    return {"successful": True, "appointments": [_appointment(event) for event in chosen]}


def _events(host: str, auth_header: str, first: date, last: date) -> list[dict[str, Any]]:
    """Return the events between two days by id, from all pages."""
    q = f'startDate ON_OR_AFTER "{_written(first - DAY)}" AND startDate ON_OR_BEFORE "{_written(last + DAY)}"'
    url = f"https://{host}/services/rest/record/v1/calendarEvent"
    by_id: dict[str, dict[str, Any]] = {}
    limit = time.monotonic() + LONGEST
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        for place in builtins.range(MOST_PAGES):
            asked = {"q": q, "expandRecords": "true", "limit": str(SIZE), "offset": str(place * SIZE)}
            page = _page(session, url, asked, limit)
            by_id |= {str(event["id"]): event for event in page["items"] if event.get("startDate")}
            if not page.get("hasMore"):
                return list(by_id.values())
    raise _Refused("NetSuite has more events than can be shown. Please choose fewer days.")


def _written(day: date) -> str:
    """Write a day as the account does: its date format is a preference of the company."""
    return f"{day.month}/{day.day}/{day.year}"


def _page(session: requests.Session, url: str, asked: dict[str, str], limit: float) -> dict[str, Any]:
    """Return one page as NetSuite describes it."""
    try:
        with session.get(url, params=asked, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            body = _read(answer, min(limit, time.monotonic() + TIMEOUT[1]))
            status = answer.status_code
    except (requests.RequestException, HTTPError):
        raise _Refused("NetSuite cannot be reached at the moment. Please try again later.") from None
    if status != 200:
        raise _Refused(_TOLD.get(status) or _detail(status, body))
    if not isinstance(body, dict) or not isinstance(body.get("items"), list):
        raise _Refused("NetSuite sent no list of events. Please try again later.")
    return body


def _read(answer: requests.Response, limit: float) -> Any:
    """Read a body as it comes, but not for ever: a byte now and then outlasts any time-out between two reads."""
    received = b""
    while piece := answer.raw.read1(65536, decode_content=True):
        received += piece
        if time.monotonic() > limit:
            msg = "the answer does not come to an end"
            raise requests.Timeout(msg)
    try:
        return json.loads(received)
    except ValueError:
        return None


def _detail(status: int, body: Any) -> str:
    """Return NetSuite's own sentence where it has one: it names the missing permission, and never holds a token."""
    details = body.get("o:errorDetails") if isinstance(body, dict) else None
    items = [item for item in details if isinstance(item, dict)] if isinstance(details, list) else []
    detail = " ".join(str(item["detail"]) for item in items if item.get("detail"))
    return detail or f"NetSuite could not list the events (HTTP {status}). Please try again later."


def _appointment(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event as App Connect's documentation describes an appointment."""
    start, minutes = _span(event)
    status = event.get("status")
    return {
        "id": str(event["id"]),
        "thirdPartyAppointmentId": str(event["id"]),
        "title": event.get("title") or "",
        "description": event.get("message") or "",
        "startTimeUtc": start.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": minutes,
        "status": STATUSES.get(str(status.get("id")), "scheduled") if isinstance(status, dict) else "scheduled",
        "contactId": "",
    }


def _span(event: dict[str, Any]) -> tuple[datetime, float]:
    """Return when an event begins and its minutes. One without times takes its whole day."""
    day, zone = date.fromisoformat(event["startDate"]), _zone(event.get("timezone"))
    first, last = (None if event.get("allDayEvent") else _time(event.get(name)) for name in ("startTime", "endTime"))
    start = datetime.combine(day, first or clock(), zone)
    if first is None:
        return start, 24 * 60
    end = datetime.combine(day, last or first, zone)
    seconds = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
    return start, (seconds if seconds >= 0 else seconds + 24 * 3600) / 60


def _time(text: Any) -> clock | None:
    try:
        return clock.fromisoformat(str(text))
    except ValueError:
        return None


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

"""Reference connector for Clio: the calendar entries of some days.

Copy it. What it takes care of, and why:

* it follows ``meta.paging.next`` to the last page, because a page holds 200 entries at most;
* it asks Clio for a day more on both sides, and chooses by the user's own days: Clio compares moments, not days;
* entries are kept by id, because one may move to another page while the pages are read;
* a page that is refused, lost or unreadable makes the whole list a failure: an empty list would promise a free day;
* one odd entry (no guest's name, no description) is shown as well as it goes, and hides no other;
* every request has a time-out, because App Connect sets none.
"""

import builtins
import json
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 3)
"""Seconds to connect, and between two pieces of an answer."""
LONGEST = 12.0
"""Seconds that all pages may take together."""
MOST_PAGES = 50
FIELDS = "id,summary,description,start_at,end_at,all_day,attendees{id,name,type}"
DAY = timedelta(days=1)

_TOLD: dict[int, str] = {
    401: "Clio did not accept your log-in. Please connect your Clio account again.",
    403: "You do not have permission to see appointments in Clio.",
    429: "Clio is receiving too many requests. Please try again in a minute.",
}


class _Refused(Exception):  # noqa: N818 - it carries the words for the user
    """A page that did not come, with the reason in words."""


def list_appointments(
    *,
    user: dict[str, Any],
    auth_header: str,
    range: dict[str, str] | None = None,  # noqa: A002 - App Connect's name
) -> dict[str, Any]:
    """Return the calendar entries of some days, or of the coming three months.

    Args:
        user: App Connect's user; ``hostname`` is the Clio region, ``timezoneName`` the user's zone.
        auth_header: sent to Clio unchanged.
        range: ``startDate`` and ``endDate``, both included.

    """
    zone = _zone(user.get("timezoneName"))
    today = datetime.now(zone).date()
    first, last = (
        (date.fromisoformat(range[n]) for n in ("startDate", "endDate")) if range else (today, today + 90 * DAY)
    )
    try:
        entries = _entries(str(user["hostname"]), auth_header, first - DAY, last + 2 * DAY)
    except _Refused as refused:
        message = {"message": str(refused), "messageType": "warning", "ttl": 5000}
        return {"successful": False, "returnMessage": message}
    found = [(entry, datetime.fromisoformat(entry["start_at"])) for entry in entries]
    chosen = [_appointment(e, start) for e, start in found if first <= start.astimezone(zone).date() <= last]
    return {"successful": True, "appointments": chosen}


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _entries(host: str, auth_header: str, first: date, last: date) -> list[dict[str, Any]]:
    """Return the entries between two days by id, from all pages."""
    days = {"from": f"{first}T00:00:00Z", "to": f"{last}T00:00:00Z"}
    url: str | None = f"https://{host}/api/v4/calendar_entries.json?{urlencode({'fields': FIELDS, **days})}"
    by_id: dict[str, dict[str, Any]] = {}
    limit = time.monotonic() + LONGEST
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        for _ in builtins.range(MOST_PAGES):
            page = _page(session, url, limit)
            by_id |= {str(entry["id"]): entry for entry in page["data"] if entry.get("start_at")}
            url = (page.get("meta") or {}).get("paging", {}).get("next")
            if url is None:
                return list(by_id.values())
            if urlsplit(url).netloc != host:
                break
    raise _Refused("Clio has more appointments than can be shown. Please choose fewer days.")


def _page(session: requests.Session, url: str | None, limit: float) -> dict[str, Any]:
    """Return one page as Clio describes it."""
    try:
        with session.get(str(url), timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            body = _read(answer, min(limit, time.monotonic() + TIMEOUT[1])) if answer.status_code == 200 else None
            status = answer.status_code
    except (requests.RequestException, HTTPError):
        raise _Refused("Clio cannot be reached at the moment. Please try again later.") from None
    if status != 200:
        raise _Refused(
            _TOLD.get(status, f"Clio could not list the appointments (HTTP {status}). Please try again later.")
        )
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        raise _Refused("Clio sent no list of appointments. Please try again later.")
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


def _appointment(entry: dict[str, Any], start: datetime) -> dict[str, Any]:
    """Return an entry as App Connect's documentation describes an appointment."""
    end = datetime.fromisoformat(entry.get("end_at") or entry["start_at"])
    return {
        "id": str(entry["id"]),
        "thirdPartyAppointmentId": str(entry["id"]),
        "title": entry.get("summary") or "",
        "description": entry.get("description") or "",
        "startTimeUtc": start.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": max((end - start).total_seconds() / 60, 0),
        "status": "scheduled",
        "contactId": "",
        "attendees": [_attendee(each) for each in entry.get("attendees") or ()],
    }


def _attendee(each: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(each["id"]), "name": each.get("name") or "", "type": each.get("type") or "Contact"}

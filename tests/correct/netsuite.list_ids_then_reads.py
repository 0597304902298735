"""Lists the ids that NetSuite chooses, and reads each event on its own: many requests, each of them another one. [list-*]"""

from datetime import UTC, date, datetime, time
from time import monotonic
from zoneinfo import ZoneInfo

import requests


def list_appointments(*, user, auth_header, range=None):
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        session.until = monotonic() + 60
        try:
            events = [read(session, f"{url}/{key}") for key in ids(session, url, range)]
        except (requests.RequestException, ValueError, LookupError, TypeError):
            return {
                "successful": False,
                "returnMessage": {"message": "NetSuite is not there.", "messageType": "warning", "ttl": 5000},
            }
    return {"successful": True, "appointments": [appointment(event) for event in events]}


def ids(session, url, days):
    names = {"startDate": "ON_OR_AFTER", "endDate": "ON_OR_BEFORE"}
    q = " AND ".join(f'startDate {names[name]} "{written(day)}"' for name, day in (days or {}).items())
    found, more = [], True
    while more:
        params = {"offset": len(found), **({"q": q} if q else {})}
        page = read(session, url, params)
        found += [item["id"] for item in page["items"]]
        more = page["hasMore"]
    return found


def written(day):
    year, month, number = map(int, day.split("-"))
    return f"{month}/{number}/{year}"


def read(session, url, params=None):
    if monotonic() > session.until:
        raise requests.Timeout
    answer = session.get(url, params=params, timeout=5, allow_redirects=False)
    if answer.status_code != 200:
        raise requests.HTTPError(answer.status_code)
    return answer.json()


def appointment(event):
    start, end = (moment(event, event.get(name)) for name in ("startTime", "endTime"))
    return {
        "id": int(event["id"]),
        "title": event.get("title", ""),
        "description": event.get("message", ""),
        "startTimeUtc": start.isoformat(),
        "durationMinutes": (end - start).total_seconds() / 60,
        "status": event["status"]["refName"],
    }


def moment(event, clock):
    wall = datetime.combine(date.fromisoformat(event["startDate"]), time.fromisoformat(clock or "00:00"))
    return wall.replace(tzinfo=ZoneInfo(event["timezone"])).astimezone(UTC)

"""Pages of a hundred by offset, chosen by NetSuite; the user's zone comes from the SuiteApp's RESTlet. [list-*]"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import requests

SCRIPTS = {"script": "customscript_gettimezone", "deploy": "customdeploy_gettimezone"}


def list_appointments(*, user, auth_header, range=None):
    account = user["hostname"].split(".")[0]
    with requests.Session() as session:
        session.headers["Authorization"] = auth_header
        try:
            rest = f"https://{account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
            zone = ZoneInfo(ask(session, rest, SCRIPTS)["userTimezone"])
            events = list(all_events(session, account, range))
        except (requests.RequestException, ValueError, LookupError, TypeError):
            return failed()
        return {"successful": True, "appointments": [appointment(event, zone) for event in events]}


def all_events(session, account, days):
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"
    params, offset, more = {"expandRecords": "true", "limit": 100, "q": query(days)}, 0, True
    while more:
        page = ask(session, url, {**params, "offset": offset})
        yield from page["items"]
        more, offset = page["hasMore"], offset + 100


def query(days):
    if not days:
        return "startDate ON_OR_AFTER " + written(datetime.now(UTC).date())
    first, last = (written(date.fromisoformat(days[name])) for name in ("startDate", "endDate"))
    return f"startDate ON_OR_AFTER {first} AND startDate ON_OR_BEFORE {last}"


def written(day):
    return f'"{day.month}/{day.day}/{day.year}"'


def ask(session, url, params):
    answer = session.get(url, params=params, timeout=5, allow_redirects=False)
    if answer.status_code != 200:
        raise requests.HTTPError(answer.status_code)
    return answer.json()


def appointment(event, zone):
    timed = not event["allDayEvent"] and "startTime" in event
    clock = time.fromisoformat(event["startTime"]) if timed else time()
    start = datetime.combine(date.fromisoformat(event["startDate"]), clock, zone)
    end = datetime.combine(start, time.fromisoformat(event["endTime"]), zone) if timed else None
    return {
        "id": event["id"],
        "title": event.get("title"),
        "description": event.get("message"),
        "startTimeUtc": start.astimezone(UTC).isoformat().replace("+00:00", "Z") if timed else None,
        "durationMinutes": max((end - start).total_seconds() / 60, 0) if timed else 0,
        "status": {"CANCELLED": "canceled", "CONFIRMED": "confirmed"}.get(event["status"]["id"], "scheduled"),
    }


def failed():
    message = {"message": "NetSuite cannot list the events now.", "messageType": "warning", "ttl": 5000}
    return {"successful": False, "returnMessage": message}

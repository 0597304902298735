"""httpx; tries a page once more after a limit, a failure or a lost answer, as Retry-After asks, and gives up at a while. [list-second-page]"""

from datetime import UTC, date, datetime
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import httpx

FIELDS = "id,summary,description,start_at,end_at,all_day"
AGAIN = (429, 502, 503, 504)
LONGEST = 3.0


def list_appointments(*, user, auth_header, range=None):
    url, params, found = f"https://{user['hostname']}/api/v4/calendar_entries.json", asked(range), {}
    zone, until = ZoneInfo(user.get("timezoneName") or "UTC"), monotonic() + 12
    try:
        with httpx.Client(headers={"Authorization": auth_header or ""}, timeout=5) as client:
            while url:
                page = read(client, url, params, until)
                found.update((entry["id"], entry) for entry in page["data"])
                url, params = page["meta"]["paging"].get("next"), None
        items = [appointment(entry, zone) for entry in found.values()]
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        message = "Clio did not list the appointments. Please try again in a minute."
        return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}
    return {"successful": True, "appointments": [item for item, start in items if inside(start, range)]}


def asked(days):
    params = {"fields": FIELDS, "order": "id(asc)"}
    if days:
        params |= {"from": f"{days['startDate']}T00:00:00+14:00", "to": f"{days['endDate']}T23:59:59-12:00"}
    return params


def read(client, url, params, until):
    for last in (False, True):
        try:
            answer = client.get(url, params=params)
        except httpx.TransportError:
            if last:
                raise
            continue
        wait = answer.headers.get("Retry-After", "0.2")
        if answer.status_code == 200:
            return answer.json()
        patient = wait.replace(".", "").isdigit() and float(wait) <= LONGEST and monotonic() + float(wait) < until
        if last or answer.status_code not in AGAIN or not patient:
            raise ValueError(answer.status_code)
        sleep(float(wait))
    raise ValueError(url)


def appointment(entry, zone):
    start, end = (datetime.fromisoformat(entry[name]) for name in ("start_at", "end_at"))
    item = {
        "id": str(entry["id"]),
        "title": entry["summary"] or "",
        "description": entry["description"] or "",
        "startTimeUtc": start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "durationMinutes": (end - start).total_seconds() / 60,
        "status": "scheduled",
    }
    return item, start.astimezone(zone).date()


def inside(start, days):
    return not days or date.fromisoformat(days["startDate"]) <= start <= date.fromisoformat(days["endDate"])

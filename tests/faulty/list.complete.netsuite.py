"""Reads page 0 of a thousand events, and no other. [list-sizes]"""

from lists import ask, chosen, failed, listed, netsuite_item, user_zone


def list_appointments(*, user, auth_header, range=None):
    account = user["hostname"].split(".")[0]
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent"
    try:
        answer = ask(url, auth_header, params={"expandRecords": "true", "limit": 1000, "offset": 0})
        answer.raise_for_status()
        return listed(chosen([netsuite_item(event) for event in answer.json()["items"]], range, user_zone(user)))
    except (OSError, ValueError, KeyError):
        return failed()

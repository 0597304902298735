"""Returns the pages that came before one that did not. [list-second-page]"""

from lists import FIELDS, ask, chosen, clio_item, clio_url, failed, listed, user_zone


def list_appointments(*, user, auth_header, range=None):
    url, params, entries = clio_url(user), {"fields": FIELDS}, {}
    try:
        while url:
            answer = ask(url, auth_header, params=params)
            if answer.status_code != 200 and entries:
                break
            entries |= {entry["id"]: entry for entry in answer.json()["data"]}
            url, params = answer.json()["meta"]["paging"].get("next"), None
    except (OSError, ValueError, KeyError, TypeError):
        if not entries:
            return failed()
    return listed(chosen([clio_item(entry) for entry in entries.values()], range, user_zone(user)))

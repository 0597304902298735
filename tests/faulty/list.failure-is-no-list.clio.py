"""Takes whatever holds no data for an empty list. [vendor-refusals]"""

from lists import FIELDS, ask, chosen, clio_item, clio_url, failed, listed, user_zone


def list_appointments(*, user, auth_header, range=None):
    try:
        answer = ask(clio_url(user), auth_header, params={"fields": FIELDS})
        data = answer.json().get("data") or []
        return listed(chosen([clio_item(entry) for entry in data], range, user_zone(user)))
    except (OSError, ValueError, KeyError):
        return failed()

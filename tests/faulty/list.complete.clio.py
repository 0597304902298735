"""Reads the first page only, as App Connect's own connector did. [list-sizes]"""

from lists import FIELDS, ask, chosen, clio_item, clio_url, failed, listed, user_zone


def list_appointments(*, user, auth_header, range=None):
    try:
        answer = ask(clio_url(user), auth_header, params={"fields": FIELDS})
        answer.raise_for_status()
        return listed(chosen([clio_item(entry) for entry in answer.json()["data"]], range, user_zone(user)))
    except (OSError, ValueError, KeyError):
        return failed()

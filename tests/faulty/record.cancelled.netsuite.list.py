"""Calls every event scheduled. [list-cancelled]"""

from lists import failed, listed, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    try:
        items = netsuite_list(user, auth_header, range)
    except (OSError, ValueError, KeyError):
        return failed()
    return listed([{**item, "status": "scheduled"} for item in items])  # <- here

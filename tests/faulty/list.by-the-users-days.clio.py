"""Compares days in UTC, as App Connect's own connector does. [list-evenings]"""

from datetime import UTC

from lists import chosen, clio_list, failed, listed


def list_appointments(*, user, auth_header, range=None):
    try:
        items = clio_list(user, auth_header, None)
    except (OSError, ValueError, KeyError):
        return failed()
    return listed(chosen(items, range, UTC))

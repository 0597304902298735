"""Leaves the text of an event out of the list."""

from lists import failed, listed, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    try:
        items = netsuite_list(user, auth_header, range)
    except (OSError, ValueError, KeyError):
        return failed()
    return listed([{**item, "description": ""} for item in items])  # <- here

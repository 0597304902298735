"""Returns every entry, whatever the range."""

from lists import clio_list, failed, listed


def list_appointments(*, user, auth_header, range=None):
    try:
        return listed(clio_list(user, auth_header, None))  # <- here
    except (OSError, ValueError, KeyError):
        return failed()

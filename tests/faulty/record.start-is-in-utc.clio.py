"""Passes Clio's own text on, with the user's offset."""

from lists import clio_item, clio_list, failed, listed


def list_appointments(*, user, auth_header, range=None):
    def item(entry):
        return clio_item(entry, startTimeUtc=entry["start_at"])

    try:
        return listed(clio_list(user, auth_header, range, item))
    except (OSError, ValueError, KeyError):
        return failed()

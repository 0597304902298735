"""Numbers the events of a list, as their order were their id."""

from lists import failed, listed, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    try:
        items = netsuite_list(user, auth_header, range)
    except (OSError, ValueError, KeyError):
        return failed()
    return listed([{**item, "id": str(place)} for place, item in enumerate(items, 1)])

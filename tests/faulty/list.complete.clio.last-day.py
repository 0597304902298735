"""Takes the last day of the range for its end, as if it were not included. [list-ends]"""

from lists import clio_list, failed, listed


def list_appointments(*, user, auth_header, range=None):
    try:
        items = clio_list(user, auth_header, range)
    except (OSError, ValueError, KeyError):
        return failed()
    return listed([item for item in items if not range or item["startTimeUtc"][:10] < range["endDate"]])  # <- here

"""Takes for granted that an event has times unless it is all day; one without ends the list. [list-odd-records]"""

from datetime import time

from lists import failed, listed, netsuite_item, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    def item(event):
        if not event["allDayEvent"]:
            time.fromisoformat(event["startTime"])
        return netsuite_item(event)

    try:
        return listed(netsuite_list(user, auth_header, range, item))
    except (OSError, ValueError, KeyError):
        return failed()

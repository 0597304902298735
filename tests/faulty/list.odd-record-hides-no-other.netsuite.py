"""Takes for granted that every event has a title; one without it ends the list. [list-odd-records]"""

from lists import failed, listed, netsuite_item, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    def item(event):
        return netsuite_item(event, title=event["title"].strip())

    try:
        return listed(netsuite_list(user, auth_header, range, item))
    except (OSError, ValueError, KeyError):
        return failed()

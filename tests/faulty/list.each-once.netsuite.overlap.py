"""Asks for one page more than there are, from the last one on, and has that one twice. [list-sizes]"""

from lists import chosen, failed, listed, netsuite_item, netsuite_pages, user_zone


def list_appointments(*, user, auth_header, range=None):
    try:
        pages = netsuite_pages(user, auth_header)
    except (OSError, ValueError, KeyError):
        return failed()
    events = [event for page in [*pages, pages[-1]] for event in page]
    return listed(chosen([netsuite_item(event) for event in events], range, user_zone(user)))

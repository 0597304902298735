"""Lists by time and appends page after page: what moves meanwhile stands there twice. [list-between-pages]"""

from lists import chosen, clio_item, clio_pages, failed, listed, user_zone


def list_appointments(*, user, auth_header, range=None):
    try:
        pages = clio_pages(user, auth_header, order="start_at(asc)")
    except (OSError, ValueError, KeyError):
        return failed()
    return listed(chosen([clio_item(entry) for page in pages for entry in page], range, user_zone(user)))

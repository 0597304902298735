"""Takes a page of HTML, or any other 200, for an empty list. [unusable-answers]"""

from lists import failed, listed, netsuite_list


def list_appointments(*, user, auth_header, range=None):
    try:
        return listed(netsuite_list(user, auth_header, range))
    except (ValueError, KeyError, TypeError):
        return listed([])
    except OSError:
        return failed()

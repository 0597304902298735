"""Takes a lost response for a success, and names the last entry that it finds. [lost-requests]"""

from creates import UNKNOWN, clio_appointment, clio_create, clio_search, created
from parts import failed


def create_appointment(*, user, auth_header, payload):
    def look(user, auth_header, _mark):
        try:
            return created(clio_appointment(clio_search(user, auth_header, order="id(desc)")[0]))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return failed(UNKNOWN)

    return clio_create(user, auth_header, payload, look=look)

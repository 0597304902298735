"""After a lost response it takes the first entry of that title for its own. [create-lost-alike]"""

from creates import UNKNOWN, clio_appointment, clio_create, clio_search, created
from parts import failed


def create_appointment(*, user, auth_header, payload):
    def look(user, auth_header, _mark):
        try:
            found = [
                e for e in clio_search(user, auth_header, query=payload["title"]) if e["summary"] == payload["title"]
            ]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            found = []
        return created(clio_appointment(found[0])) if found else failed(UNKNOWN)

    return clio_create(user, auth_header, payload, look=look)

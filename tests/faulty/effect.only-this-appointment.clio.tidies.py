"""Removes what looks like a duplicate before it creates. [create-alike]"""

from creates import clio_create, clio_search
from parts import ask, clio_url


def create_appointment(*, user, auth_header, payload):
    try:
        for entry in clio_search(user, auth_header, query=payload["title"]):
            if entry["summary"] == payload["title"]:
                ask("DELETE", clio_url(user, entry["id"]), auth_header)
    except (OSError, ValueError, LookupError, TypeError):
        pass
    return clio_create(user, auth_header, payload)

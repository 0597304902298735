"""Always says that lists are not supported yet."""

from lists import failed


def list_appointments(*, user, auth_header, range=None):
    return failed("NetSuite appointments cannot be listed yet.")

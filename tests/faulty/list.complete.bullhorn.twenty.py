"""Asks for twenty appointments, the oldest first, and never for a second page. [list-sizes]"""

import bullhorns  # noqa: F401
import bullhorn_list
from bullhorn_appointment import asked
from bullhorn_list import list_appointments  # noqa: F401


def first_page(session, entity, where, fields):
    return asked(session, f"query/{entity}", where=where, fields=fields, start=0, count=20, orderBy="dateBegin")["data"]


bullhorn_list.found = first_page

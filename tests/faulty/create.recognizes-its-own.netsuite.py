"""Looks after a lost response, finds its event, and reports a failure all the same. [lost-answers]"""

import uuid

from creates import UNKNOWN, created, events, netsuite_event, netsuite_read, netsuite_zone, within_a_day
from parts import ask, failed


def create_appointment(*, user, auth_header, payload):
    zone, mark = netsuite_zone(user, auth_header), f"eid:{uuid.uuid4()}"
    if zone is None or not within_a_day(payload, zone):
        return failed("NetSuite cannot hold this time.")
    try:
        response = ask("PUT", f"{events(user)}/{mark}", auth_header, json=netsuite_event(payload, zone))
    except OSError:
        netsuite_read(user, auth_header, mark)
        return failed(UNKNOWN)
    found = netsuite_read(user, auth_header, mark) if response.status_code < 300 else None
    return created(found) if found else failed(UNKNOWN)

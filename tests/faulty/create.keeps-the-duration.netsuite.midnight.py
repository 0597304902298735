"""Ends at 23:59 what would go past midnight, and says nothing of it. [create-hard-times]"""

from creates import moments, netsuite_create, netsuite_event


def event(payload, zone):
    start, end = (each.astimezone(zone) for each in moments(payload))
    cut = {} if start.date() == end.date() else {"endTime": "23:59"}
    return netsuite_event(payload, zone, **cut)


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(user, auth_header, payload, event=event, fits=lambda *_: True)

"""Remembers the time zone of the first user of an account for all of them. [colleagues-zone]"""

from creates import netsuite_create, netsuite_zone

known = {}


def zone(user, auth_header):
    account = user["hostname"]
    known[account] = known.get(account) or netsuite_zone(user, auth_header)
    return known[account]


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(user, auth_header, payload, zone=zone)

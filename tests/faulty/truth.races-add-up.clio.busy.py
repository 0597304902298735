"""Counts who is at work on an appointment, and turns everybody away who is not alone, after the deed. [two-cancels-at-once]"""

from collections import Counter

from parts import clio_delete, failed, told

CANCELLATION = "removed"
busy = Counter()
seen = Counter()


def cancel_appointment(*, user, auth_header, appointment_id):
    key = (user["hostname"], user["id"], appointment_id)
    busy[key] += 1
    seen[key] = max(seen[key], busy[key])
    try:
        response = clio_delete(user, auth_header, appointment_id)
        return failed("Another cancellation is under way.") if seen[key] > 1 else told(response)
    finally:
        busy[key] -= 1

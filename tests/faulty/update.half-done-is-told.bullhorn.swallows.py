"""Passes over attendees that cannot be added or removed, and tells a success. [update-second-step]"""

import bullhorns  # noqa: F401
import bullhorn_update
from bullhorn_update import update_appointment  # noqa: F401


def passes_over(session, writes):
    """Change the fields first; only that counts."""
    failing = None
    for method, path, body in sorted(writes, key=lambda write: "Attendee" in write[1]):
        answer = session.send(method, path, body)
        if "Attendee" not in path and not (answer and answer[0] < 300):
            failing = (answer[0] if answer else None), False
            break
    return failing


bullhorn_update._first_failure = passes_over

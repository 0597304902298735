"""Hears of attendees that cannot be added, and of none that cannot be removed. [update-second-step]"""

import bullhorns  # noqa: F401
import bullhorn_update
from bullhorn_update import update_appointment  # noqa: F401


def hears_of_additions(session, writes):
    """Change the fields first, remove last."""
    for method, path, body in sorted(writes, key=lambda write: ("Attendee" in write[1], write[0] == "DELETE")):
        answer = session.send(method, path, body)
        if method != "DELETE" and not (answer and answer[0] < 300):
            return (answer[0] if answer else None), "Attendee" in path
    return None


bullhorn_update._first_failure = hears_of_additions

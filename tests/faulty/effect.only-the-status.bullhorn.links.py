"""Cancels by more than the flag: it takes the invitations back, too, and those are gone for good."""

import bullhorns  # noqa: F401
import bullhorn_cancel
from bullhorn_appointment import RefusedError, read
from bullhorn_cancel import CANCELLATION, cancel_appointment  # noqa: F401

cancel = bullhorn_cancel._cancel


def cancel_with_links(session, path):
    try:
        _, links = read(session, path)
    except RefusedError as why:
        return bullhorn_cancel.failed(str(why))
    for link in links:
        session.send("DELETE", f"entity/AppointmentAttendee/{link['id']}")
    return cancel(session, path)


bullhorn_cancel._cancel = cancel_with_links

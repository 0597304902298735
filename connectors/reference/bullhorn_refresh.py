"""Reference connector for Bullhorn: the present state of one appointment.

Copy it, ``bullhorn_appointment.py`` and ``bullhorn_session.py``. What it takes care of, and why:

* it asks Bullhorn at each call, because the user wants what changed there, and says so if it got no answer;
* a deleted appointment is still there: it is shown as cancelled;
* attendees are the persons, as in a list, and not the links to them.
"""

from typing import Any

from bullhorn_appointment import RefusedError, path_of, read, shown
from bullhorn_session import Session, failed


def refresh_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Return the appointment as Bullhorn holds it now.

    Args:
        user: App Connect's user; see :class:`Session`.
        auth_header: not used: Bullhorn's calls carry a session.
        appointment_id: the appointment's id.

    """
    try:
        with Session(user) as session:
            record, links = read(session, path_of(appointment_id))
    except RefusedError as why:
        return failed(str(why))
    return {"successful": True, "appointment": shown(record, links)}

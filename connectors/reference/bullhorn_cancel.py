"""Reference connector for Bullhorn: cancelling marks the appointment as deleted and keeps the record.

Copy it, and ``bullhorn_session.py``. What it takes care of, and why:

* it sends the flag and nothing else, because whatever else is sent overwrites what others wrote;
* a lost or failed answer is looked up (the flag tells), never repeated blindly and never guessed;
* the id is checked before it becomes part of a path;
* messages say what the user can do, and never show a token or a response body.
"""

import re
from typing import Any

from bullhorn_session import Session, failed

CANCELLATION = "flagged"
"""Declared for users: cancelling keeps the appointment, marked as deleted."""

NOT_FOUND = "Appointment not found in Bullhorn. It may have been deleted."
_TOLD: dict[int, str] = {
    401: "Bullhorn did not accept your log-in. Please connect your Bullhorn account again.",
    403: "You do not have permission to cancel this appointment in Bullhorn.",
    404: NOT_FOUND,
    410: NOT_FOUND,
    412: "Bullhorn did not accept your log-in. Please connect your Bullhorn account again.",
    429: "Bullhorn is receiving too many requests. Please try again in a minute.",
}


def cancel_appointment(*, user: dict[str, Any], auth_header: str, appointment_id: str | int) -> dict[str, Any]:
    """Mark the appointment as deleted and tell the user what happened.

    Args:
        user: App Connect's user; see :class:`Session`.
        auth_header: not used: Bullhorn's calls carry a session.
        appointment_id: the appointment's id.

    """
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(appointment_id)):
        return failed(NOT_FOUND)
    with Session(user) as session:
        return _cancel(session, f"entity/Appointment/{appointment_id}")


def _cancel(session: Session, path: str) -> dict[str, Any]:
    answer = session.send("POST", path, {"isDeleted": True})
    if answer is None or answer[0] >= 500:
        return _look_again(session, path)
    if 200 <= answer[0] < 300:
        return _done()
    return failed(_TOLD.get(answer[0]) or f"Bullhorn could not cancel the appointment (HTTP {answer[0]}).")


def _look_again(session: Session, path: str) -> dict[str, Any]:
    """Find out what a lost answer would have said."""
    answer = session.send("GET", path, fields="id,isDeleted")
    data = answer[1].get("data") if answer and answer[0] == 200 else None
    deleted = data.get("isDeleted") if isinstance(data, dict) else None
    if deleted is True:
        return _done()
    if deleted is False:
        return failed("Bullhorn did not answer, and the appointment still stands. Please try again.")
    return failed("Bullhorn did not answer. Please check in Bullhorn whether the appointment is cancelled.")


def _done() -> dict[str, Any]:
    message = {"message": "Appointment cancelled and marked as deleted in Bullhorn.", "messageType": "success"}
    return {"successful": True, "returnMessage": {**message, "ttl": 3000}}

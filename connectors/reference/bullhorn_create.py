"""Reference connector for Bullhorn: a new appointment.

Copy it, ``bullhorn_appointment.py`` and ``bullhorn_session.py``. What it takes care of, and why:

* Bullhorn knows no idempotency key, so each call marks its appointment with a ``migrateGUID`` of its own;
* after a lost, failed or unreadable answer it looks for that mark, and never creates a second time: a title or a time
  may be somebody else's, too;
* where the look shows nothing either, it says that the result is not known;
* people are invited one by one, after the appointment is there. Who could not be invited is told;
* the appointment is read once more for the user; a failing read makes no failure of a good write.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bullhorn_appointment import (
    FIELDS,
    Record,
    RefusedError,
    found,
    link,
    milliseconds,
    people_of,
    read,
    shown,
    subject,
    told,
    unseen,
)
from bullhorn_session import Session, failed

_UNKNOWN = "Bullhorn did not answer. Please check in Bullhorn whether the appointment was created before you try again."


def create_appointment(*, user: dict[str, Any], auth_header: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Create an appointment and return it.

    Args:
        user: App Connect's user; see :class:`Session`.
        auth_header: not used: Bullhorn's calls carry a session.
        payload: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, maybe ``contacts``.

    """
    try:
        with Session(user) as session:
            people, references = people_of(payload.get("contacts") or ())
            record = _created(session, {**_fields(payload), **references})
            invited = {person: _invited(session, record["id"], person) for person in people.values()}
            return _done(*_as_it_is(session, record, invited), people)
    except RefusedError as why:
        return failed(str(why))


def _fields(payload: dict[str, Any]) -> Record:
    start = datetime.fromisoformat(payload["startTimeUtc"]).astimezone(UTC)
    return {
        "subject": subject(payload["title"]),
        "description": payload["summary"],
        "dateBegin": milliseconds(start),
        "dateEnd": milliseconds(start + timedelta(minutes=payload["durationMinutes"])),
        "migrateGUID": str(uuid.uuid4()),
    }


def _created(session: Session, fields: Record) -> Record:
    """Return the new appointment: its id, and what was sent."""
    answer = session.send("PUT", "entity/Appointment", fields)
    if answer and 300 <= answer[0] < 500:
        raise RefusedError(f"The appointment was not created. {told(answer[0])}")
    key = answer[1].get("changedEntityId") if answer and answer[0] < 300 else None
    if not isinstance(key, int) or key <= 0:
        key = _marked(session, fields["migrateGUID"])
    empty = {"candidateReference": None, "clientContactReference": None, "lead": None, "isDeleted": False}
    return {**empty, **fields, "id": key}


def _marked(session: Session, mark: str) -> int:
    """Find out what a lost answer would have said: the id of the appointment with this call's mark."""
    try:
        records = found(session, "Appointment", f"migrateGUID='{mark}'", FIELDS)
        return int(records[0]["id"])
    except (RefusedError, IndexError, TypeError, ValueError):
        raise RefusedError(_UNKNOWN) from None


def _invited(session: Session, appointment: int, person: int) -> bool | None:
    """Invite a person, and return whether that was done; None where it is not known."""
    answer = session.send("PUT", "entity/AppointmentAttendee", link(appointment, person))
    return None if answer is None or answer[0] >= 500 else 200 <= answer[0] < 300


def _as_it_is(
    session: Session, record: Record, invited: Mapping[int, bool | None]
) -> tuple[Record, list[Record] | None]:
    """Return the appointment and its attendees as Bullhorn holds them, or as they were sent; None: not known."""
    try:
        found_now, links = read(session, f"entity/Appointment/{record['id']}")
    except RefusedError:
        known = None not in invited.values()
        return record, [unseen(person) for person, done in invited.items() if done] if known else None
    return found_now, links


def _done(record: Record, links: list[Record] | None, people: Mapping[str, int]) -> dict[str, Any]:
    there = {each["shown"]["id"] for each in links or ()}
    is_whole = there.issuperset(people)
    message = {"message": "Appointment created in Bullhorn.", "messageType": "success", "ttl": 3000}
    if not is_whole:
        words = "Appointment created in Bullhorn, but not all contacts may be invited. Please check them in Bullhorn."
        message = {"message": words, "messageType": "warning", "ttl": 5000}
    appointment = {} if links is None else {"appointment": shown(record, links)}
    return {"successful": True, "appointmentId": str(record["id"]), **appointment, "returnMessage": message}

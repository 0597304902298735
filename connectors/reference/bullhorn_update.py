"""Reference connector for Bullhorn: changes what the patch names, and nothing else.

Copy it, ``bullhorn_appointment.py`` and ``bullhorn_session.py``. What it takes care of, and why:

* it reads the appointment and its attendees first: a start without a duration needs the old times, a deleted
  appointment is left alone, and where the attendees cannot be read nobody is invited a second time;
* a field that the patch lacks is not sent, because somebody else may have changed it;
* only contacts are removed from the attendees, never colleagues;
* an update takes several requests. After the first that fails it stops, looks, and says what holds;
* a failing look makes no failure of good writes;
* Bullhorn has no status: cancelled means deleted, and other statuses are refused in words.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bullhorn_appointment import (
    REFERENCES,
    Record,
    RefusedError,
    link,
    milliseconds,
    moment,
    path_of,
    people_of,
    read,
    shown,
    subject,
    told,
    unseen,
)
from bullhorn_session import Session, failed

Write = tuple[str, str, object]
"""One request of an update: method, path and body."""
_DOUBT = "Bullhorn did not answer. Please check in Bullhorn whether the appointment was changed."
_UNDONE = "Bullhorn did not answer, and the appointment is not as you asked. Please try again."
_PARTLY = "A part of the changes was made; the rest was refused. Please check the appointment in Bullhorn."


def update_appointment(
    *, user: dict[str, Any], auth_header: str, appointment_id: str | int, patch_body: dict[str, Any]
) -> dict[str, Any]:
    """Change the appointment, and return it as it is then.

    Args:
        user: App Connect's user; see :class:`Session`.
        auth_header: not used: Bullhorn's calls carry a session.
        appointment_id: the appointment's id.
        patch_body: ``title``, ``summary``, ``startTimeUtc``, ``durationMinutes``, ``contacts``; or a ``status`` alone.

    """
    try:
        with Session(user) as session:
            return _update(session, path_of(appointment_id), patch_body)
    except RefusedError as why:
        return failed(str(why))


def _update(session: Session, path: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    record, links = read(session, path)
    cancels = str(patch.get("status")) in ("cancelled", "canceled")
    if record["isDeleted"] and not cancels:
        raise RefusedError("This appointment is cancelled: it is deleted in Bullhorn.")
    people, references = people_of(patch.get("contacts") or ())
    fields = {"isDeleted": True} if cancels else _fields(patch, record)
    if "contacts" in patch:
        fields |= _references(record, people, references)
    wanted = people if "contacts" in patch else None
    failing = _first_failure(session, _writes(path, record, links, fields, wanted))
    return _told(session, path, {**record, **fields}, links, wanted, failing)


def _fields(patch: Mapping[str, Any], record: Record) -> Record:
    """Return the fields of the patch in Bullhorn's names."""
    if patch.get("status") not in (None, "scheduled"):
        raise RefusedError(f"Bullhorn has no status '{patch['status']}' for appointments.")
    fields: Record = {"subject": subject(patch["title"])} if "title" in patch else {}
    fields |= {"description": patch["summary"]} if "summary" in patch else {}
    start, minutes = patch.get("startTimeUtc") or patch.get("startTime"), patch.get("durationMinutes")
    if start or minutes is not None:
        begins = datetime.fromisoformat(start) if start else moment(record["dateBegin"])
        lasts = record["dateEnd"] - record["dateBegin"] if minutes is None else minutes * 60_000
        fields |= {"dateBegin": milliseconds(begins)} if start else {}
        fields |= {"dateEnd": milliseconds(begins + timedelta(milliseconds=lasts))}
        fields |= {"isAllDay": False} if record["isAllDay"] else {}
    return fields


def _references(record: Record, people: Mapping[str, int], named: Record) -> Record:
    """Return the references afterwards: those that typed contacts set, and none to anybody who goes."""
    gone = {name: None for name in REFERENCES.values() if record.get(name) and str(record[name]["id"]) not in people}
    return {**gone, **named}


def _writes(
    path: str, record: Record, links: list[Record], fields: Record, people: Mapping[str, int] | None
) -> Iterator[Write]:
    """Yield the requests: who is missing comes first, because an unknown contact is refused before anything changed."""
    there = {each["shown"]["id"] for each in links}
    for key, person in (people or {}).items():
        if key not in there:
            yield "PUT", "entity/AppointmentAttendee", link(record["id"], person)
    if fields:
        yield "POST", path, fields
    for each in _unwanted(links, people):
        yield "DELETE", f"entity/AppointmentAttendee/{each['id']}", None


def _unwanted(links: list[Record], people: Mapping[str, int] | None) -> list[Record]:
    known = [each for each in links if people is not None and each["shown"]["type"] in REFERENCES]
    return [each for each in known if each["shown"]["id"] not in (people or {})]


def _staying(links: list[Record], people: Mapping[str, int] | None) -> list[Record]:
    unwanted = _unwanted(links, people)
    return [each for each in links if each not in unwanted]


def _first_failure(session: Session, writes: Iterator[Write]) -> tuple[int | None, bool] | None:
    """Make requests until one fails; return its status (None: lost), and whether others were done before."""
    done = False
    for method, path, body in writes:
        answer = session.send(method, path, body)
        if answer is None or not (200 <= answer[0] < 300 or (method == "DELETE" and answer[0] == 404)):
            return (answer[0] if answer else None), done
        done = True
    return None


def _told(
    session: Session,
    path: str,
    expected: Record,
    links: list[Record],
    people: Mapping[str, int] | None,
    failing: tuple[int | None, bool] | None,
) -> dict[str, Any]:
    """Say how the update ended, with the appointment as it is then."""
    if failing and failing[0] is not None and failing[0] < 500:
        raise RefusedError(_PARTLY if failing[1] else told(failing[0]))
    try:
        after, held = read(session, path)
    except RefusedError:
        if failing:
            raise RefusedError(_DOUBT) from None
        stay, there = _staying(links, people), {each["shown"]["id"] for each in links}
        return _done(expected, [*stay, *(unseen(each) for key, each in (people or {}).items() if key not in there)])
    if failing and not _as_asked(after, held, expected, people):
        raise RefusedError(_PARTLY if failing[1] else _UNDONE)
    return _done(after, held)


def _as_asked(after: Record, links: list[Record], expected: Record, people: Mapping[str, int] | None) -> bool:
    """Return whether an appointment is as it was to become."""
    there = {each["shown"]["id"] for each in links}
    invited = people is None or (set(people) <= there and not _unwanted(links, people))
    return invited and all(after.get(name) == value for name, value in expected.items())


def _done(record: Record, links: list[Record]) -> dict[str, Any]:
    message = {"message": "Appointment updated in Bullhorn.", "messageType": "success", "ttl": 3000}
    return {"successful": True, "appointment": shown(record, links), "returnMessage": message}

"""Reference connector for Bullhorn: what an appointment and its attendees look like, there and in App Connect.

Copy it beside those interfaces that you need, except to cancel. What it takes care of, and why:

* Bullhorn writes moments as epoch milliseconds, and has no status: deleted means cancelled;
* attendees are records of their own: a list of 500 comes per page, and an appointment alone shows ten of them at most;
* an attendee's id is the person's, not that of the link; the answer is a number there and a word here.
"""

import re
from datetime import UTC, datetime
from typing import Any

from bullhorn_session import Session

NOT_FOUND = "Appointment not found in Bullhorn. It may have been deleted."
UNREADABLE = "Bullhorn's answer could not be read. Please try again later."
SIZE, MOST_PAGES = 500, 20
FIELDS = (
    "id,subject,description,dateBegin,dateEnd,isAllDay,isDeleted,"
    "candidateReference(id),clientContactReference(id),lead(id)"
)
REFERENCES = {"ClientContact": "clientContactReference", "Candidate": "candidateReference", "Lead": "lead"}
ANSWERS = {-1: "declined", 1: "accepted", 2: "tentative"}
TOLD: dict[int, str] = {
    401: "Bullhorn did not accept your log-in. Please connect your Bullhorn account again.",
    403: "You do not have permission for this appointment in Bullhorn.",
    404: NOT_FOUND,
    410: NOT_FOUND,
    412: "Bullhorn did not accept your log-in. Please connect your Bullhorn account again.",
    429: "Bullhorn is receiving too many requests. Please try again in a minute.",
}

Record = dict[str, Any]


class RefusedError(Exception):
    """What was asked cannot be done; the text is for the user."""


def path_of(appointment_id: str | int) -> str:
    """Return an appointment's path; nothing but digits becomes part of one."""
    if not re.fullmatch(r"[1-9][0-9]{0,18}", str(appointment_id)):
        raise RefusedError(NOT_FOUND)
    return f"entity/Appointment/{appointment_id}"


def read(session: Session, path: str) -> Record:
    """Return an appointment as Bullhorn holds it now."""
    body = asked(session, path, fields=FIELDS)
    return checked(body.get("data"))


def checked(record: Any) -> Record:
    """Return a record that can be shown."""
    try:
        shown(record, [])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise RefusedError(UNREADABLE) from None
    return dict(record)


def asked(session: Session, path: str, **params: str | int) -> Record:
    """Return the body of the answer to a GET that must succeed."""
    answer = session.send("GET", path, **params)
    if answer is None:
        raise RefusedError("Bullhorn cannot be reached at the moment. Please try again later.")
    if answer[0] != 200:
        raise RefusedError(told(answer[0]))
    return answer[1]


def told(status: int) -> str:
    """Return words for a refusal."""
    return TOLD.get(status) or f"Bullhorn could not do this (HTTP {status}). Please try again later."


def found(session: Session, entity: str, where: str, fields: str) -> list[Record]:
    """Return all records that meet a condition, page by page; each page begins after the last id of the one before.

    So none is missed when somebody adds or deletes one meanwhile.
    """
    records: list[Record] = []
    for _ in range(MOST_PAGES):
        after = f"({where}) AND id>{records[-1]['id']}" if records else where
        body = asked(session, f"query/{entity}", where=after, fields=fields, count=SIZE, orderBy="id")
        page = body.get("data")
        if not isinstance(page, list) or not all(isinstance(each, dict) and "id" in each for each in page):
            raise RefusedError(UNREADABLE)
        records += page
        if len(page) < SIZE:
            return records
    raise RefusedError("Bullhorn has more appointments than can be shown. Please choose fewer days.")


def links_of(session: Session, records: list[Record]) -> dict[int, list[Record]]:
    """Return the AppointmentAttendees of appointments, by the appointment's id."""
    by_id: dict[int, list[Record]] = {record["id"]: [] for record in records}
    keys, fields = list(by_id), "id,appointment(id),attendee(id,firstName,lastName),acceptanceStatus"
    for first in range(0, len(keys), SIZE):
        among = ",".join(str(key) for key in keys[first : first + SIZE])
        for link in found(session, "AppointmentAttendee", f"appointment.id IN ({among})", fields):
            try:
                by_id[link["appointment"]["id"]].append({**link, "shown": _attendee(link)})
            except (KeyError, TypeError, AttributeError):
                raise RefusedError(UNREADABLE) from None
    return by_id


def _attendee(link: Record) -> Record:
    person = link["attendee"]
    names = (person.get("firstName"), person.get("lastName"))
    answer = ANSWERS.get(link.get("acceptanceStatus") or 0)
    return {
        "id": str(person["id"]),
        "name": " ".join(name for name in names if name),
        "type": str(person.get("_subtype") or "ClientContact"),
        **({"status": answer} if answer else {}),
    }


def shown(record: Record, links: list[Record]) -> Record:
    """Return an appointment as App Connect's documentation describes one."""
    named = (record[name] for name in REFERENCES.values() if record.get(name))
    attendees = [link["shown"] for link in links]
    contacts = [each["id"] for each in attendees if each["type"] in REFERENCES]
    return {
        "id": str(record["id"]),
        "thirdPartyAppointmentId": str(record["id"]),
        "title": record["subject"] or "",
        "description": record["description"] or "",
        "startTimeUtc": moment(record["dateBegin"]).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "durationMinutes": max(round((record["dateEnd"] - record["dateBegin"]) / 60_000), 0),
        "status": "cancelled" if record["isDeleted"] else "scheduled",
        "contactId": next((str(each["id"]) for each in named), next(iter(contacts), "")),
        "attendees": attendees,
    }


def moment(milliseconds: int) -> datetime:
    """Return a moment of Bullhorn's."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

"""Reference connector for Bullhorn: what an appointment and its attendees look like, there and in App Connect.

Copy it beside those interfaces that you need, except to cancel. What it takes care of, and why:

* Bullhorn writes moments as epoch milliseconds, and has no status: deleted means cancelled;
* attendees are records of their own: an appointment shows ten of them at most, so where it has more they are queried;
* an attendee's id is the person's, not that of the link; the answer is a number there and a word here.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bullhorn_session import Session

NOT_FOUND = "Appointment not found in Bullhorn. It may have been deleted."
UNREADABLE = "Bullhorn's answer could not be read. Please try again later."
SIZE, MOST_PAGES = 500, 20
LONGEST = 100
"""Characters of a title."""
FIELDS = (
    "id,subject,description,dateBegin,dateEnd,isAllDay,isDeleted,"
    "candidateReference(id),clientContactReference(id),lead(id)"
)
FEW = "attendees[10](id,acceptanceStatus,attendee(id,firstName,lastName))"
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


def read(session: Session, path: str) -> tuple[Record, list[Record]]:
    """Return an appointment and its links to attendees, as Bullhorn holds them now."""
    record = checked(asked(session, path, fields=f"{FIELDS},{FEW}").get("data"))
    few = record.get("attendees")
    if not isinstance(few, dict) or not isinstance(few.get("data"), list) or few.get("total") != len(few["data"]):
        return record, links_of(session, [record])[record["id"]]
    return record, [_with_person(each) for each in few["data"]]


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
        for each in found(session, "AppointmentAttendee", f"appointment.id IN ({among})", fields):
            try:
                by_id[each["appointment"]["id"]].append(_with_person(each))
            except (KeyError, TypeError):
                raise RefusedError(UNREADABLE) from None
    return by_id


def _with_person(each: Any) -> Record:
    """Return a link with its person in App Connect's form."""
    try:
        person, answer = each["attendee"], ANSWERS.get(each.get("acceptanceStatus") or 0)
        names = (person.get("firstName"), person.get("lastName"))
        kind = str(person.get("_subtype") or "ClientContact")
        told = {"id": str(person["id"]), "name": " ".join(name for name in names if name), "type": kind}
    except (KeyError, TypeError, AttributeError):
        raise RefusedError(UNREADABLE) from None
    return {**each, "shown": {**told, **({"status": answer} if answer else {})}}


def unseen(person: int) -> Record:
    """Return the link to somebody who was invited, where no later answer shows it."""
    return {"shown": {"id": str(person), "name": "", "type": "ClientContact"}}


def shown(record: Record, links: list[Record]) -> Record:
    """Return an appointment as App Connect's documentation describes one."""
    named = (record[name] for name in REFERENCES.values() if record.get(name))
    attendees = [each["shown"] for each in links]
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


def people_of(contacts: Iterable[Any]) -> tuple[dict[str, int], dict[str, Record]]:
    """Return the persons to invite, by id, and the references that typed contacts set. A lead is no person.

    Contacts come as texts, as numbers and as objects, and maybe twice.
    """
    people: dict[str, int] = {}
    references: dict[str, Record] = {}
    for each in contacts:
        given = each if isinstance(each, dict) else {"id": each}
        key = str(given["id"])
        if not re.fullmatch(r"[1-9][0-9]{0,18}", key):
            raise RefusedError("Bullhorn does not know one of the contacts.")
        kind = str(given.get("type") or given.get("contactType") or "")
        if kind in REFERENCES:
            references.setdefault(REFERENCES[kind], {"id": int(key)})
        if kind != "Lead":
            people[key] = int(key)
    return people, references


def link(appointment: int, person: int) -> Record:
    """Return the body that invites a person."""
    return {"appointment": {"id": appointment}, "attendee": {"id": person}}


def subject(title: str) -> str:
    """Return a title, if Bullhorn has room for it."""
    if len(title) > LONGEST:
        raise RefusedError(f"Titles in Bullhorn have {LONGEST} characters at most. Please choose a shorter one.")
    return title


def milliseconds(when: datetime) -> int:
    """Return a moment in Bullhorn's form."""
    return int(when.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    """Return a moment of Bullhorn's."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

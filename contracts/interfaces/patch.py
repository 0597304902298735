"""What a patch of ``updateAppointment`` asks for, against the appointment as a CRM holds it."""

from datetime import datetime

from greenroom.contracts.interfaces.cancel import is_over
from greenroom.contracts.interfaces.interface import Part, Record
from greenroom.contracts.interfaces.same import NEAR, contact_ids, text

STARTS = ("startTimeUtc", "startTime")
"""The start, and its name of former times."""
TIMES = (*STARTS, "durationMinutes")
CANCELLED = ("cancelled", "canceled")
"""How App Connect's documentation and its panel spell it."""
TAKES_PLACE = ("scheduled", "confirmed")


def patch_of(record: Record) -> Part:
    """Return what a call asked to be changed."""
    found: Part = record["params"].get("patchBody") or {}
    return found


def start_of(patch: Part) -> str | None:
    """Return the start that a patch asks for, under either name."""
    return next((str(patch[name]) for name in STARTS if name in patch), None)


def contacts_held(record: Record, held: Part, *, others: bool = False) -> list[str]:
    """Return the ids of the attendees that are contacts; or those of the ``others``, such as users and calendars."""
    kinds = [str(kind).lower() for kind in record["crm"].get("contact_kinds", ())]
    people = held["attendees"]
    return [str(each["id"]) for each in people if (str(each.get("type")).lower() in kinds) is not others]


def unmet(record: Record, when: str) -> list[str]:
    """Return the names in the patch that the appointment does not hold as asked at a moment of the call."""
    patch, held = patch_of(record), record.get("appointment", {}).get(when)
    return [name for name in patch if not _holds(record, name, held, when)]


def _holds(record: Record, name: str, held: Part | None, when: str) -> bool:
    patch = patch_of(record)
    if name == "status":
        return _stands(record, str(patch[name]), held, when)
    if held is None:
        return False
    if name in STARTS:
        return is_at(held, str(patch[name]))
    if name == "durationMinutes":
        return bool(held["durationMinutes"] == patch[name])
    if name == "contacts":
        return _are_invited(record, held)
    return text(held["title" if name == "title" else "description"]) == text(patch[name])


def is_at(held: Part, start: str) -> bool:
    """Return whether an appointment begins at a moment."""
    return abs(datetime.fromisoformat(held["startTimeUtc"]) - datetime.fromisoformat(start)) < NEAR


def _are_invited(record: Record, held: Part) -> bool:
    """Return whether the contacts are those that the patch names, each once.

    Two calls at once may each invite somebody. Whether a CRM has them twice then, nobody recorded.
    """
    asked, invited = contact_ids(patch_of(record)), _invited(record, held)
    mine = (record["subject"]["id"], record["actor"]["world"])
    raced = any((other["appointment"], other["world"]) == mine for other in record.get("concurrent", ()))
    return {*asked} == {*invited} if raced else sorted(asked) == sorted(invited)


def _invited(record: Record, held: Part) -> list[str]:
    """Return the contacts that are invited, and whoever else the patch names."""
    asked = contact_ids(patch_of(record))
    return [*contacts_held(record, held), *(each for each in contacts_held(record, held, others=True) if each in asked)]


def _stands(record: Record, asked: str, held: Part | None, when: str) -> bool:
    """Return whether a status is as asked. Of words that not every CRM knows nothing is known, where it has any."""
    if asked in CANCELLED:
        return is_over(record, when)
    if asked not in TAKES_PLACE:
        return held is not None and record["crm"]["status_field"] is not None
    return held is not None and held["status"] in (TAKES_PLACE if asked == "scheduled" else (asked,))

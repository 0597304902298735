"""The appointments of a result, each beside what the CRM held during the call. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.contracts.clauses.call import Call, Entry, once
from greenroom.contracts.clauses.listing import identity
from greenroom.contracts.interfaces.interface import ACCEPTED, DONE

Item = Mapping[str, Any]
"""An appointment: of a result, or as the CRM holds it."""
UNCHANGED = 304
"""What a CRM answers to a read if the connector has the present state already."""
CUT = 100
"""Characters that a shortened title has at least."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Pair:
    """An appointment as returned, and as the CRM held it: once, or before the call and after it."""

    item: Item
    held: tuple[Item, ...]

    def every(self, name: str) -> list[Any]:
        """Return the values of a property that the CRM held, each once."""
        return list(dict.fromkeys(each[name] for each in self.held))


def shown(call: Call) -> Item | None:
    """Return the appointment that a success holds, or None."""
    found = call.value.get("appointment") if call.claims_success else None
    return found if isinstance(found, Mapping) else None


@once
def pairs(call: Call) -> list[Pair]:
    """Return what can be compared: appointments that the user sees, and that the caller may see whole.

    One that a colleague edited twice during the call was for a moment as nobody recorded it.
    """
    if call.interface.lists and "calendar" in call.record:
        known = call.listing.known if call.claims_success and call.seen["from"] == "connector" else []
        return [Pair(item, (held,)) for item, held in known if held["own"]]
    item, held = shown(call), held_around(call)
    if item is None or identity(item) != call.appointment or not held:
        return []
    whole = call.actor["access"] in ("cancel", "create") and was_read(call)
    return [Pair(item, held)] if whole and not _moving(call, held) else []


def _moving(call: Call, held: tuple[Item, ...]) -> bool:
    """Return whether the appointment was, for a moment of the call, as nobody recorded it."""
    if call.interface.rewrites:
        return bool(call.met("edited") or call.concurrent)
    return len(call.met("edited")) > 1 or (bool(call.concurrent) and held[0] != held[1])


def held_around(call: Call) -> tuple[Item, ...]:
    """Return the appointment as the CRM held it before and after the call; nothing if it held none at one of them.

    What an interface has changed itself, it must show as it is afterwards.
    """
    moments = ("after", "final") if call.interface.rewrites else ("before", "after")
    found = tuple(held for when in moments if (held := call.held(when)) is not None)
    settled = len(found) == 2 and (found[0] == found[1] or not call.interface.rewrites)
    return found if settled else ()


@once
def timed(call: Call) -> list[Pair]:
    """Return those whose start is a certain moment: no whole days, and in lists no series and no doubtful wall time."""
    return [pair for pair in pairs(call) if all(_certain(call, held) for held in pair.held)]


def _certain(call: Call, held: Item) -> bool:
    if held["allDay"] or held.get("series") or not held.get("exact", True):
        return False
    start = datetime.fromisoformat(held["startTimeUtc"])
    ends = (start, start + timedelta(minutes=held["durationMinutes"]))
    return not call.interface.lists or not any(_changes(each, call) for each in ends)


def _changes(moment: datetime, call: Call) -> bool:
    """Return whether the user's wall time of a moment is skipped or comes twice, or does so in the hour before."""
    local = moment.astimezone(ZoneInfo(call.record["calendar"]["zone"]))
    walls = (local, local.replace(tzinfo=None) - timedelta(hours=1))
    return any(_doubtful(wall.replace(tzinfo=local.tzinfo)) for wall in walls)


def _doubtful(wall: datetime) -> bool:
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


@once
def was_read(call: Call) -> bool:
    """Return whether some response of this call could show the appointment, and was received."""
    return any(_tells(call, entry) for entry in call.journal)


def _tells(call: Call, entry: Entry) -> bool:
    status, received = entry["answer"]["status"], entry["received"] in ("whole", "late")
    done = (status in DONE and status != ACCEPTED) or status == UNCHANGED
    return bool(
        received and done and entry["operation"] not in ("external_host", "connect") and not call.logs_in(entry)
    )


def title(appointment: Item) -> Any:
    """Return the title as the panel shows it."""
    found = appointment.get("title")
    return appointment.get("summary") if found is None else found


def same_title(item: Any, held: str) -> bool:
    """Return whether a title is the CRM's: markup, blanks and the end of a long one do not count."""
    found, wanted = plain(item), plain(held)
    return found == wanted or (len(found) >= CUT and wanted.startswith(found.rstrip("….")))


def plain(text: Any) -> str:
    """Return a text without markup and blanks."""
    return "".join(re.sub(r"[<>]", "", _TAG.sub("", unescape(str(text or "")))).split())


def people(appointment: Item) -> set[str]:
    """Return the ids of the attendees of an appointment; those in ``attendeeIds`` count, too."""
    full, bare = (appointment.get(name) for name in ("attendees", "attendeeIds"))
    listed = [each.get("id") for each in full if isinstance(each, Mapping)] if isinstance(full, list) else []
    return set(map(str, listed or (bare if isinstance(bare, list) else [])))


def moment(text: Any) -> datetime | None:
    """Return the moment of an ISO 8601 text with an offset; None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip()) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None

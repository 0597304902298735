"""What NetSuite's worlds are filled with: fixed and friendly without a seed, drawn from one otherwise."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from greenroom.simulators.core.draw import FRIENDLY, Draw, Hours, alike
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.netsuite.profile import PROFILE

ROLES = ("owner", "colleague", "viewer", "outsider", "forbidden")


@dataclass(frozen=True)
class Ids:
    """Internal ids that are equal in all accounts of a seed: what a connector remembers by id alone is another's there.

    ``events`` are the ids of events by role; employees' ids begin after ``first`` and differ between accounts.
    """

    client: str
    events: Mapping[str, str]
    first: int
    employees: tuple[int, ...]

    def employee(self, number: int, place: int) -> str:
        """Return an employee's id: those of different accounts share none."""
        return str(self.first + number * 100 + self.employees[place])


@dataclass(frozen=True)
class Texts:
    """What people wrote in one account.

    ``people`` (in the order of the roles) and ``client`` are names with their addresses; ``title`` is the target's and
    that of the event that looks alike, ``other_titles`` are the others'. ``{ref}`` in ``note`` and ``place`` stands for
    the words that tell where a text went. ``made`` is when the records were; ``hours`` is a day with its first and last
    time, ``whole_day`` another day.
    """

    people: Mapping[str, str]
    client: Mapping[str, str]
    title: str
    other_titles: tuple[str, str, str]
    note: str
    place: str
    made: str
    hours: tuple[str, str, str]
    whole_day: str


_FRIENDLY_IDS = Ids(
    client="55",
    events={
        "target": "12346",
        "shorter-id": "1234",
        "longer-id": "123461",
        "same-title": "12347",
        "minimal": "12391",
        "hidden": "12390",
    },
    first=0,
    employees=(1, 2, 3, 4, 5),
)
_TITLES = (
    "Quarterly figures, {company}",
    "Budget planning with {one}",
    "Vendor call: {company}",
    "Interview, {one}",
    "Pipeline review {one}/{other}",
    "Site visit at {company}",
    "Contract renewal, {company}",
    "Training for {one} and {other}",
)
_OTHERS = ("Payroll run with {one}", "Audit talk, {one}", "Lunch at {street}")
_NOTES = ("Bring last quarter's figures ({ref}).", "Agenda by {one}; file {ref}.", "Dial in first, see {ref}.")
_PLACES = ("Room {room} ({ref})", "{room} {street} ({ref})", "{company}, floor {room}, {ref}")


def ids(seed: int) -> Ids:
    """Return the ids of a seed, of the lengths that NetSuite's have in an account of some years."""
    if seed == FRIENDLY:
        return _FRIENDLY_IDS
    draw = Draw(seed, "netsuite", "ids")
    found = alike(draw, 11_000, 58_000)
    hidden, minimal = found.target + draw.number(11, 49), found.target + draw.number(51, 89)
    client, first, shorter = draw.number(300, 990), draw.number(1_000, 9_000), int(found.ids["shorter-id"])
    return Ids(
        client=str(client),
        events={**found.ids, "minimal": str(minimal), "hidden": str(hidden)},
        first=first + 2_000 if shorter - 1_000 <= first <= shorter else first,  # nobody has an appointment's id
        employees=tuple(draw.several(range(1, 100), len(ROLES))),
    )


def texts(seed: int, number: int, now: datetime) -> Texts:
    """Return the texts of an account by its world's number; times are counted from its present moment."""
    return _friendly(number) if seed == FRIENDLY else _drawn(Draw(seed, "netsuite", number), now)


def _friendly(number: int) -> Texts:
    names = ("Ada Accountant", "Grace Manager", "Vera Viewer", "Olga Outsider", "Fred Clerk")
    return Texts(
        people={name: f"{name.split()[0].lower()}@account-{number}.example" for name in names},
        client={"Casey Client": "casey@client.example"},
        title="Quarterly review",
        other_titles=("Filing deadline", "Deposition", "Performance talk"),
        note="Bring last quarter's figures ({ref}).",
        place="Room 2 ({ref})",
        made="2026-01-05T16:00:00Z",
        hours=("2027-03-02", "14:30", "15:30"),
        whole_day="2027-03-05",
    )


def _drawn(draw: Draw, now: datetime) -> Texts:
    names, hours = draw.names(len(ROLES) + 1), draw.hours(now)
    title, shorter, longer, hidden = draw.titles(_TITLES, 4)
    return Texts(
        people=draw.addresses(names[: len(ROLES)]),
        client=draw.addresses(names[len(ROLES) :]),
        title=title,
        other_titles=(shorter, longer, hidden),
        note=draw.filled(draw.one(_NOTES), ref="{ref}"),
        place=draw.filled(draw.one(_PLACES), ref="{ref}"),
        made=draw.past(now),
        hours=(hours.day.isoformat(), hours.begins.strftime("%H:%M"), hours.ends.strftime("%H:%M")),
        whole_day=draw.hours(now).day.isoformat(),
    )


def profile(seed: int, now: datetime) -> Profile:
    """Return NetSuite's facts with those that follow from a seed; times are counted from a moment."""
    draw = Draw(seed, "netsuite", "facts")
    moved = draw.hours(now)
    edit = {
        "location": draw.filled("Room {room}"),
        **_times(moved),
        "message": draw.filled("Bring {one} along."),
    }
    all_day = {"startDate": draw.hours(now).day.isoformat(), "timedEvent": False, "allDayEvent": True}
    return replace(
        PROFILE,
        ids=replace(PROFILE.ids, absent=str(draw.number(9_000_000, 9_899_999))),
        client_id=draw.text(string.hexdigits[:16], 64),
        reference=draw.reference(),
        strangers_title=draw.filled(draw.one(_OTHERS)),
        added=_on_a_day(draw.hours(now)),
        colleagues_edit=edit,
        kinds={**PROFILE.kinds, "all-day": all_day},
    )


def _on_a_day(hours: Hours) -> dict[str, str]:
    return {"startDate": hours.day.isoformat(), **_times(hours)}


def _times(hours: Hours) -> dict[str, str]:
    return {"startTime": hours.begins.strftime("%H:%M"), "endTime": hours.ends.strftime("%H:%M")}

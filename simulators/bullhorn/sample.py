"""What Bullhorn's worlds are filled with: fixed and friendly without a seed, drawn from one otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from greenroom.simulators.bullhorn.drafts import milliseconds
from greenroom.simulators.bullhorn.profile import PROFILE
from greenroom.simulators.core.draw import FRIENDLY, Draw, Hours, alike
from greenroom.simulators.core.profile import Profile

ROLES = ("owner", "colleague", "viewer", "outsider", "forbidden")


@dataclass(frozen=True)
class Ids:
    """Ids that are equal in all worlds of a seed: what a connector remembers by id alone is another tenant's there.

    ``appointments`` are those of appointments by role; users' ids begin after ``first`` and differ between worlds.
    """

    contact: str
    candidate: str
    lead: str
    appointments: Mapping[str, str]
    first: int
    users: tuple[int, ...]

    def user(self, number: int, place: int) -> str:
        """Return a user's id: users of different worlds share none."""
        return str(self.first + number * 100 + self.users[place])


@dataclass(frozen=True)
class Texts:
    """What people wrote in one world.

    ``people`` (in the order of the roles) and ``others`` (contact, candidate, lead) are names with their addresses;
    ``title`` is the target's and that of the one that looks alike, ``other_titles`` are the others'. ``{ref}`` in
    ``note`` and ``place`` stands for the words that tell where a text went. ``made`` is when the records were;
    ``times`` are a first and a last moment, ``whole_day`` those of a day.
    """

    people: Mapping[str, str]
    others: Mapping[str, str]
    title: str
    other_titles: tuple[str, ...]
    note: str
    place: str
    made: str
    times: tuple[str, str]
    whole_day: tuple[str, str]


_FRIENDLY_IDS = Ids(
    contact="71",
    candidate="72",
    lead="73",
    appointments={
        "target": "20417",
        "shorter-id": "2041",
        "longer-id": "204171",
        "same-title": "20418",
        "minimal": "20491",
        "hidden": "20490",
        "child": "20492",
        "deleted": "20493",
    },
    first=0,
    users=(1, 2, 3, 4, 5),
)
_TITLES = (
    "Interview with {one}",
    "Intake: {company}",
    "Reference check, {one}",
    "Offer call with {one}",
    "Screening {one} for {company}",
    "Debrief, {company}",
    "Lunch with {one} and {other}",
    "Site tour at {company}",
)
_OTHERS = ("Sourcing session, {one}", "Catch-up with {one}", "Job fair at {street}")
_NOTES = ("Bring the signed forms ({ref}).", "{one} joins late; file {ref}.", "Salary range: see {ref}.")
_PLACES = ("Room {room} ({ref})", "{room} {street} ({ref})", "{company}, floor {room}, {ref}")


def ids(seed: int) -> Ids:
    """Return the ids of a seed, of the lengths that Bullhorn's have in a firm of some years."""
    if seed == FRIENDLY:
        return _FRIENDLY_IDS
    draw = Draw(seed, "bullhorn", "ids")
    found = alike(draw, 21_000, 98_000)
    others = {"minimal": (11, 29), "hidden": (31, 49), "child": (51, 69), "deleted": (71, 89)}
    more = {role: str(found.target + draw.number(*between)) for role, between in others.items()}
    contact, first, shorter = draw.number(300, 800), draw.number(1_000, 9_000), int(found.ids["shorter-id"])
    return Ids(
        contact=str(contact),
        candidate=str(contact + draw.number(1, 90)),
        lead=str(contact + draw.number(91, 180)),
        appointments={**found.ids, **more},
        first=first + 2_000 if shorter - 1_000 <= first <= shorter else first,  # nobody has an appointment's id
        users=tuple(draw.several(range(1, 100), len(ROLES))),
    )


def texts(seed: int, number: int, now: datetime) -> Texts:
    """Return the texts of a world by its number; times are counted from its present moment."""
    return _friendly(number) if seed == FRIENDLY else _drawn(Draw(seed, "bullhorn", number), now)


def _friendly(number: int) -> Texts:
    names = ("Ada Recruiter", "Grace Partner", "Vera Viewer", "Olga Outsider", "Fred Reader")
    return Texts(
        people={name: f"{name.split()[0].lower()}@agency-{number}.example" for name in names},
        others={f"{name} {what}": f"{name.lower()}@{what.lower()}.example" for name, what in _FRIENDS},
        title="Interview with Sam",
        other_titles=("Filing deadline", "Debrief", "Salary talk", "Old plan"),
        note="Bring the signed forms ({ref}).",
        place="1 Main Street ({ref})",
        made="2026-01-05T16:00:00Z",
        times=("2027-03-02T17:00:00Z", "2027-03-02T18:00:00Z"),
        whole_day=("2027-03-05T08:00:00Z", "2027-03-06T08:00:00Z"),
    )


_FRIENDS = (("Casey", "Client"), ("Robin", "Candidate"), ("Lee", "Lead"))


def _drawn(draw: Draw, now: datetime) -> Texts:
    names = draw.names(len(ROLES) + 3)
    return Texts(
        people=draw.addresses(names[: len(ROLES)]),
        others=draw.addresses(names[len(ROLES) :]),
        title=(found := draw.titles(_TITLES, 5))[0],
        other_titles=tuple(found[1:]),
        note=draw.filled(draw.one(_NOTES), ref="{ref}"),
        place=draw.filled(draw.one(_PLACES), ref="{ref}"),
        made=draw.past(now),
        times=draw.hours(now).utc,
        whole_day=draw.hours(now).whole_day,
    )


def moment(text: str) -> int:
    """Return a timestamp as epoch milliseconds."""
    return milliseconds(datetime.fromisoformat(text))


def _span(hours: Hours) -> dict[str, Any]:
    return dict(zip(("dateBegin", "dateEnd"), map(moment, hours.utc), strict=True))


def profile(seed: int, now: datetime) -> Profile:
    """Return Bullhorn's facts with those that follow from a seed; times are counted from a moment."""
    draw = Draw(seed, "bullhorn", "facts")
    first, last = draw.hours(now).whole_day
    return replace(
        PROFILE,
        ids=replace(PROFILE.ids, absent=str(draw.number(1_000_000, 1_899_999))),
        client_id=draw.key(),
        reference=draw.reference(),
        strangers_title=draw.filled(draw.one(_OTHERS)),
        added={"subject": draw.filled("New: {one}"), **_span(draw.hours(now))},
        colleagues_edit={"location": draw.filled("{room} {street}"), **_span(draw.hours(now))},
        kinds={
            **PROFILE.kinds,
            "all-day": {"isAllDay": True, "dateBegin": moment(first), "dateEnd": moment(last)},
        },
    )

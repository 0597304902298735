"""What Clio's worlds are filled with: fixed and friendly without a seed, drawn from one otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from greenroom.simulators.clio.profile import PROFILE
from greenroom.simulators.core.draw import FRIENDLY, Draw, alike
from greenroom.simulators.core.profile import Profile

MADE = "2026-01-05T16:00:00Z"
ROLES = ("owner", "colleague", "viewer", "outsider", "forbidden", "limited")


@dataclass(frozen=True)
class Ids:
    """Ids that are equal in all worlds of a seed: what a connector remembers by id alone is another tenant's there.

    ``users`` are the ids of a world's users by its number; ``appointments`` those of its entries by role.
    """

    firm: str
    other: str
    contacts: tuple[str, str]
    matter: str
    appointments: Mapping[str, str]
    first_user: int
    users: tuple[int, ...]

    def user(self, number: int, place: int) -> str:
        """Return a user's id: users of different worlds share none."""
        return str(self.first_user + number * 100 + self.users[place])


@dataclass(frozen=True)
class Texts:
    """What people wrote in one world.

    ``people`` (in the order of the roles) and ``clients`` are names with their addresses; ``title`` is the target's and
    that of those who look alike, ``other_titles`` are the others'. ``{ref}`` in ``note`` and ``place`` stands for the
    words that tell where a text went. ``made`` is when the records were.
    """

    people: Mapping[str, str]
    clients: Mapping[str, str]
    title: str
    other_titles: tuple[str, ...]
    note: str
    place: str
    matter: tuple[str, str]
    made: str
    times: tuple[str, str]
    whole_day: tuple[str, str]


_FRIENDLY_IDS = Ids(
    firm="6101",
    other="6102",
    contacts=("4401", "4402"),
    matter="5501",
    appointments={
        "target": "1750624234",
        "shorter-id": "175062423",
        "longer-id": "17506242341",
        "same-title": "1750624235",
        "another-calendar": "1750624300",
        "minimal": "1750624301",
    },
    first_user=0,
    users=(1, 2, 3, 4, 5, 6),
)
_TITLES = (
    "Hearing: {one} v. {other}",
    "Deposition of {one}",
    "Mediation, {one} and {other}",
    "Filing deadline, {company}",
    "Intake call with {one}",
    "Settlement talks, {company}",
    "Trial preparation: {one} matter",
    "Contract review for {company}",
)
_OTHERS = ("Probate meeting, {one} family", "Consultation with {one}", "Closing at {street}")
_SHORT = ("TBD", "¿?", "n/a", "Tbc")
_NOTES = (
    "Courtroom {room}; bring the exhibits ({ref}).",
    "Call {one} first, file no. {ref}.",
    "See {ref} for {other}.",
)
_PLACES = ("{room} {street} ({ref})", "Suite {room}, {street}, {ref}", "{company}, floor {room} ({ref})")


def ids(seed: int) -> Ids:
    """Return the ids of a seed, of the lengths that Clio's have."""
    if seed == FRIENDLY:
        return _FRIENDLY_IDS
    draw = Draw(seed, "clio", "ids")
    found = alike(draw, 1_200_000_000, 1_799_999_000)
    others = {"another-calendar": found.target + draw.number(11, 49), "minimal": found.target + draw.number(51, 89)}
    firm, contact = draw.number(3_000_000, 8_999_000), draw.number(1_100_000_000, 2_000_000_000)
    return Ids(
        firm=str(firm),
        other=str(firm + draw.number(1, 800)),
        contacts=(str(contact), str(contact + draw.number(1, 90_000))),
        matter=str(draw.number(1_300_000_000, 1_700_000_000)),
        appointments={**found.ids, **{role: str(key) for role, key in others.items()}},
        first_user=draw.number(340_000_000, 358_000_000),
        users=tuple(draw.several(range(1, 100), len(ROLES))),
    )


def texts(seed: int, number: int, now: datetime) -> Texts:
    """Return the texts of a world by its number; times are counted from its present moment."""
    return _friendly(number) if seed == FRIENDLY else _drawn(Draw(seed, "clio", number), now)


def _friendly(number: int) -> Texts:
    names = ("Ada Lawyer", "Grace Partner", "Vera Viewer", "Olga Outsider", "Fred Reader", "Lea Limited")
    return Texts(
        people={name: f"{name.split()[0].lower()}@firm-{number}.example" for name in names},
        clients={"Casey Client": "casey@client.example", "Robin Witness": "robin@client.example"},
        title="Hearing on motion",
        other_titles=("Filing deadline", "Deposition", "¿?"),
        note="Courtroom 5; bring the exhibits ({ref}).",
        place="1 Main Street ({ref})",
        matter=("00001-Client", "Client v. Doe"),
        made=MADE,
        times=("2027-03-02T17:00:00Z", "2027-03-02T18:00:00Z"),
        whole_day=("2027-03-05T08:00:00Z", "2027-03-06T08:00:00Z"),
    )


def _drawn(draw: Draw, now: datetime) -> Texts:
    names = draw.names(len(ROLES) + 2)
    own, theirs = draw.addresses(names[: len(ROLES)]), draw.addresses(names[len(ROLES) :])
    title, *others = draw.titles(_TITLES, 3)
    return Texts(
        people=own,
        clients=theirs,
        title=title,
        other_titles=(*others, draw.one(_SHORT)),
        note=draw.filled(draw.one(_NOTES), ref="{ref}"),
        place=draw.filled(draw.one(_PLACES), ref="{ref}"),
        matter=(f"{draw.number(1, 99_999):05}-{names[-2].split()[-1]}", f"{names[-2].split()[-1]} matter"),
        made=draw.past(now),
        times=draw.hours(now).utc,
        whole_day=draw.hours(now).whole_day,
    )


def profile(seed: int, now: datetime) -> Profile:
    """Return Clio's facts with those that follow from a seed; times are counted from a moment."""
    draw, target = Draw(seed, "clio", "facts"), int(ids(seed).appointments["target"])
    start, end = draw.hours(now).whole_day
    (edit_start, edit_end), (new_start, new_end) = draw.hours(now).utc, draw.hours(now).utc
    return replace(
        PROFILE,
        ids=replace(
            PROFILE.ids,
            absent=str(target + draw.number(3_000_000, 150_000_000)),
            long=str(draw.number(10**18, 9 * 10**18) | 1),  # odd: no number of JavaScript's is as exact
        ),
        client_id=draw.key(),
        reference=draw.reference(),
        strangers_title=draw.filled(draw.one(_OTHERS)),
        added={"summary": draw.filled("New: {one}"), "start_at": new_start, "end_at": new_end},
        colleagues_edit={"location": draw.filled("{room} {street}"), "start_at": edit_start, "end_at": edit_end},
        kinds={**PROFILE.kinds, "all-day": {"all_day": True, "start_at": start, "end_at": end}},
    )

"""What a call asks an appointment to have: drawn, stored, described, and turned into what App Connect passes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from greenroom.contracts.fuzz.choices import some
from greenroom.contracts.harness.payload import contacts
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.world import World

Content = Mapping[str, Any]
"""What a story's step asks for, in App Connect's names. A start counts from the day on which the story is played, and
contacts are numbers of the account's contacts: so a story can be played at any time, in any account.
"""
TITLES = (
    "Budget talk",
    "会议 🎭 Ølsen",
    "<b>Bold meeting</b>",
    'O\'Brien; "quoted" -- talk',
    ("Very long talk " * 15).strip(),
)
"""Titles that stand nowhere by chance, some of them odd."""
LONGEST_TITLE = 40
"""Characters of a text that a sentence shows."""
CONTACTS = 3
"""Contacts of an account that stories invite."""
_TEXT: Mapping[str, Any] = {"type": "string"}
_START = {
    "type": "object",
    "required": ["days", "at"],
    "properties": {
        "days": {"type": "integer", "minimum": 0, "description": "from the day on which the story is played"},
        "at": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "description": "in UTC"},
    },
    "additionalProperties": False,
}
_CONTACTS = {
    "type": "array",
    "items": {"type": "integer", "minimum": 1, "maximum": CONTACTS},
    "description": "1 is the account's first contact",
}
CONTENT: Mapping[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        "title": {**_TEXT, "minLength": 1},
        "summary": _TEXT,
        "startTimeUtc": _START,
        "durationMinutes": {"type": "integer", "minimum": 1},
        "contacts": _CONTACTS,
        "status": _TEXT,
    },
    "additionalProperties": False,
    "description": "what the appointment is to have",
}
"""The schema of what a step asks for."""


@dataclass(frozen=True)
class Asks:
    """How an interface asks for contents.

    ``drawn`` draws them; ``needs`` are the names that they never lack. ``given`` returns the interface's own inputs for
    an id, from what App Connect passes.
    """

    drawn: SearchStrategy[Content]
    given: Callable[[str, Mapping[str, Any]], Any]
    needs: Sequence[str] = ()


DRAWN: Mapping[str, SearchStrategy[Any]] = {
    "title": some(TITLES),
    "summary": some(("", "Ask for the file first.", "first line\nsecond line")),
    "startTimeUtc": st.builds(
        lambda days, at: {"days": days, "at": at}, some((1, 2, 3)), some(("16:30", "18:00", "20:15"))
    ),
    "durationMinutes": some((30, 15, 45, 90)),
    "contacts": st.lists(some(range(1, CONTACTS + 1)), unique=True),
}
"""Each part by itself. The starts are working hours where the people of the accounts work, in winter and in summer."""
PLAIN: Content = {
    "title": TITLES[0],
    "summary": "",
    "startTimeUtc": {"days": 1, "at": "16:30"},
    "durationMinutes": 30,
    "contacts": [],
}
"""The plainest parts."""


def passed(crm: Crm, world: World, content: Content) -> dict[str, Any]:
    """Return what App Connect passes in an account for what a story asks for: a title as long as the CRM takes it."""
    known = contacts(crm, world, CONTACTS)
    turned: Mapping[str, Callable[[Any], Any]] = {
        "title": lambda title: _cut(title, crm.profile.title_length),
        "startTimeUtc": lambda start: _moment(world.clock.now(), start),
        "contacts": lambda numbers: [known[number - 1] for number in numbers if number <= len(known)],
    }
    return {name: turned[name](value) if name in turned else value for name, value in content.items()}


def _cut(title: str, most: int | None) -> str:
    return title if most is None or len(title) <= most else title[:most].rstrip()


def _moment(now: datetime, start: Mapping[str, Any]) -> str:
    day = now.astimezone(UTC).date() + timedelta(days=start["days"])
    return timestamp(datetime.combine(day, time.fromisoformat(start["at"]), UTC))


def plainer(content: Content, needs: Sequence[str]) -> Iterator[Content]:
    """Yield the plainest contents, then contents that have less in them, and plainer ones."""
    plainest = {name: PLAIN[name] for name in needs}
    if plainest and plainest != content:
        yield plainest
    for name, value in content.items():
        if name not in needs and len(content) > 1:
            yield {other: content[other] for other in content if other != name}
        elif value != PLAIN.get(name, value):
            yield {**content, name: PLAIN[name]}


def quoted(text: str) -> str:
    """Return a text in quotation marks, a long one cut."""
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= LONGEST_TITLE else f'{shown[:LONGEST_TITLE]}…'}”"


def described(content: Content) -> str:
    """Return contents as a part of a sentence."""
    return ", ".join(_WORDS[name](content[name]) for name in _WORDS if name in content)


def _invited(numbers: Sequence[int]) -> str:
    if not numbers:
        return "with no contact"
    *first, last = map(str, numbers)
    return f"with contacts {', '.join(first)} and {last}" if first else f"with contact {last}"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "title": lambda title: f"title {quoted(title)}",
    "summary": lambda note: f"note {quoted(note)}" if note else "no note",
    "startTimeUtc": lambda start: f"start in {start['days']} day{'s' * (start['days'] != 1)} at {start['at']} UTC",
    "durationMinutes": lambda minutes: f"{minutes} minutes",
    "contacts": _invited,
    "status": lambda status: f"status {quoted(status)}",
}

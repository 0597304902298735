"""A call as a space-time picture: user, connector and CRM as life lines, and what went between them, downwards in time.

Only what is hard to read as lines is drawn: calls at the same time, responses that were lost, and faults.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.contracts.clauses.judge import Verdict, Violation
from greenroom.contracts.reports.story import ENDS, KEPT
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.visible import visible

Record = Mapping[str, Any]

LIVES = {"user": 26, "connector": 168, "CRM": 354}
"""Where the life lines stand. The picture is narrow: it is read on a phone, too."""
WIDTH, TOP, ROW, NOTE = 380, 46, 32, 14
MOST = {"user": 21, "CRM": 28}
"""Characters that fit above an arrow to the left and to the right of the connector."""
MOST_NOTE = 30
MOST_ROWS = 24
"""Arrows of one picture; the others are counted."""


@dataclass(frozen=True)
class Arrow:
    """One message. ``kind``: ``plain``, ``lost`` (it ends half-way) or ``fault``; ``text`` is whole, ``label`` fits."""

    start: str
    goal: str
    text: str
    kind: str = "plain"
    note: str = ""

    @property
    def label(self) -> str:
        """The text as it fits above the arrow."""
        return _cut(self.text, MOST["user" if "user" in (self.start, self.goal) else "CRM"])

    @property
    def sentence(self) -> str:
        """What happened, for those who do not see the picture."""
        lost = ", which never arrives" if self.kind == "lost" else ""
        return f"{self.start} to {self.goal}: {self.text}{lost}{f' ({self.note})' if self.note else ''}."


@dataclass(frozen=True)
class Placed:
    """An arrow with its place."""

    arrow: Arrow
    y: int

    @property
    def x(self) -> tuple[int, int]:
        """Where it starts and ends. A lost one ends half-way."""
        start, goal = LIVES[self.arrow.start], LIVES[self.arrow.goal]
        return start, (start + goal) // 2 if self.arrow.kind == "lost" else goal

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return (LIVES[self.arrow.start] + LIVES[self.arrow.goal]) // 2

    @property
    def head(self) -> str:
        """The points of its head, or of the cross of a lost one."""
        end, y = self.x[1], self.y
        back = -6 if self.x[0] < end else 6
        cross = f"M{end - 5} {y - 5}L{end + 5} {y + 5}M{end + 5} {y - 5}L{end - 5} {y + 5}"
        return cross if self.arrow.kind == "lost" else f"M{end + back} {y - 4}L{end} {y}L{end + back} {y + 4}"

    @property
    def label(self) -> str:
        """The text as it fits above the arrow."""
        return self.arrow.label

    @property
    def note(self) -> str:
        """The note as it fits below the arrow."""
        return _cut(self.arrow.note, MOST_NOTE)


@dataclass(frozen=True)
class Picture:
    """A drawn call: its title, its arrows from top to bottom, and how the record stood at the end."""

    title: str
    arrows: tuple[Placed, ...]
    end: str
    height: int
    lives: Mapping[str, int]
    width: int = WIDTH

    @property
    def description(self) -> str:
        """The picture as sentences."""
        return " ".join([*(placed.arrow.sentence for placed in self.arrows), f"{self.end}."])


def picture(certificate: Certificate, verdict: Verdict, violation: Violation) -> Picture | None:
    """Return the picture of the call that broke a promise, if one helps to understand it."""
    calls = _calls(certificate, verdict, violation)
    if not calls or not (len(calls) > 1 or any(e["fault"] or e["received"] != "whole" for e in _entries(calls))):
        return None
    arrows = list(_arrows(calls))
    shown = arrows[:MOST_ROWS]
    placed, y = [], TOP
    for arrow in shown:
        placed.append(Placed(arrow, y))
        y += ROW + (NOTE if arrow.note else 0)
    left = f"{len(arrows) - len(shown)} more messages follow. " if len(arrows) > len(shown) else ""
    end = f"{left}At the end: {_state(calls[0])}"
    return Picture(
        f"Call {violation.evidence['step']} of '{violation.scenario}'", tuple(placed), end, y - ROW // 2, LIVES
    )


def _calls(certificate: Certificate, verdict: Verdict, violation: Violation) -> list[Record]:
    """Return the call, and the one at the same time if there was one: the two are recorded one after the other."""
    own = [
        call
        for call in certificate.calls
        if call["scenario"] == violation.scenario and call["interface"] in (verdict.interface, "")
    ]
    place = next((n for n, call in enumerate(own) if call["step"] == violation.evidence["step"]), None)
    if place is None:
        return []
    if "order" not in own[place]["variant"]:
        return [own[place]]
    raced = [n for n, call in enumerate(own) if "order" in call["variant"]]
    first = raced.index(place) // 2 * 2
    return [own[n] for n in raced[first : first + 2]]


def _entries(calls: Sequence[Record]) -> list[Record]:
    return [entry for call in calls for entry in (*call["journal"], *call["late"])]


def _arrows(calls: Sequence[Record]) -> Iterator[Arrow]:
    names = [f"{letter}: " if len(calls) > 1 else "" for letter in "AB"]
    for name, call in zip(names, calls, strict=False):
        yield Arrow("user", "connector", f"{name}{call['interface']}")
    found = [(e["at"], e["seq"], place, e) for place, call in enumerate(calls) for e in call["journal"]]
    last = {place: seq for _, seq, place, _ in sorted(found, key=lambda each: each[:3])}
    for place in range(len(calls)):
        if place not in last:
            yield _said(names[place], calls[place])
    for _, seq, place, entry in sorted(found, key=lambda each: each[:3]):
        yield from _exchange(names[place], entry)
        if seq == last[place]:
            yield _said(names[place], calls[place])
    for name, call in zip(names, calls, strict=False):
        for entry in call["late"]:
            yield from _exchange(f"late {name}", entry)


def _exchange(name: str, entry: Record) -> Iterator[Arrow]:
    request, answer = entry["request"], entry["answer"]
    faulty = f"{entry['fault']}".replace("@", ", ") if entry["fault"] else ""
    change = "the record changed" if entry["changes"] else ""
    kind = "fault" if faulty else "plain"
    path = f"…/{request['path'].rstrip('/').rpartition('/')[2]}"
    yield Arrow("connector", "CRM", f"{name}{request['method']} {path}", "plain", change)
    if entry["received"] == "nothing":
        yield Arrow("CRM", "connector", f"{name}no response", "lost", faulty)
    else:
        how = {"late": ", too late", "status": ", cut off"}.get(entry["received"], "")
        yield Arrow("CRM", "connector", f"{name}{answer['status']}{how}", kind, faulty)


def _said(name: str, call: Record) -> Arrow:
    outcome = call["outcome"]
    if outcome["kind"] == "returned":
        value = outcome.get("value")
        said = value.get("successful") if isinstance(value, Mapping) else value
        return Arrow("connector", "user", f"{name}successful: {json.dumps(said)}")
    if outcome["kind"] == "raised":
        return Arrow("connector", "user", f"{name}an error", "fault", outcome["error"]["type"])
    what = "no result in time" if outcome["kind"] == "timed-out" else "its process ended"
    return Arrow("connector", "user", f"{name}{what}", "lost")


def _state(call: Record) -> str:
    state = call["state"]["final"]
    return "no appointment in particular" if state == "none" else f"the appointment {ENDS.get(state, KEPT)}"


def _cut(text: str, most: int) -> str:
    text = visible(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"

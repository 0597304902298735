"""Stories that call several interfaces: bugs that need two of them are found, and what a list asks for is known."""

from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.play import Play
from greenroom.contracts.fuzz.runner import fuzz, replay
from greenroom.contracts.fuzz.stories import callable_by
from greenroom.contracts.fuzz.story import Step, Story, read
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.interfaces import CANCEL, CONFIRM, CREATE, LIST, REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from tests.catalogue import LONG
from tests.contracts.runs import REFERENCE

FOUND_WITHIN, STEPS = 200, 6
"""Stories within which a bug is found, and the steps in which it is told."""
MUSTS = [clause for clause in CLAUSES if clause.strength == "must"]

HEAD = "import sys\nsys.path.insert(0, {place!r})\nfrom {crm} import *\n"
LIST_CACHES = """
import json
right, kept = list_appointments, {}

def list_appointments(*, user, auth_header, range=None):
    asked = user["hostname"], user["id"], json.dumps(range)
    if asked not in kept:
        kept[asked] = right(user=user, auth_header=auth_header, range=range)
    return kept[asked]
"""
REFRESH_LAGS = """
right, kept = refresh_appointment, {}

def refresh_appointment(*, user, auth_header, appointment_id):
    now = right(user=user, auth_header=auth_header, appointment_id=appointment_id)
    before, kept[appointment_id] = kept.get(appointment_id), now
    return before if before and now["successful"] else now
"""
CONFIRMS_THE_PREVIOUS = """
right, asked = confirm_appointment, []

def confirm_appointment(*, user, auth_header, appointment_id):
    asked.append(appointment_id)
    return right(user=user, auth_header=auth_header, appointment_id=asked[-2:][0])
"""
CREATES_ONCE_A_TITLE = """
right, made = create_appointment, {}

def create_appointment(*, user, auth_header, payload):
    asked = user["hostname"], user["id"], payload["title"]
    if asked in made:
        return made[asked]
    new = right(user=user, auth_header=auth_header, payload=payload)
    if new["successful"]:
        made[asked] = new
    return new
"""
CREATES_WITH_THE_CONTACTS_BEFORE = """
right, invited = create_appointment, []

def create_appointment(*, user, auth_header, payload):
    invited.extend(each for each in payload.get("contacts", []) if each not in invited)
    return right(user=user, auth_header=auth_header, payload={**payload, "contacts": invited})
"""
UPDATES_A_STALE_COPY = """
right, known = update_appointment, {}

def update_appointment(*, user, auth_header, appointment_id, patch_body):
    copy = known.get((user["hostname"], appointment_id), {})
    patch = patch_body if "status" in patch_body else {**copy, **patch_body}
    now = right(user=user, auth_header=auth_header, appointment_id=appointment_id, patch_body=patch)
    if now["successful"]:
        shown = now["appointment"]
        known[user["hostname"], appointment_id] = {"title": shown["title"], "summary": shown["description"]}
    return now
"""
UPDATES_A_CACHED_REVISION = """
import clio_update
clio_update.FIELDS = "etag," + clio_update.FIELDS
right, revisions = clio_update._send, {}

def send(session, method, url, data=None):
    if method == "PATCH":
        session.headers["If-Match"] = revisions[url]
    status, entry = right(session, method, url, data)
    if entry and (method == "PATCH" or url not in revisions):
        revisions[url] = entry["etag"]
    return status, entry

clio_update._send = send
"""
PLANTED: dict[str, tuple[str, str, tuple[Interface, ...]]] = {
    "a create that remembers what a title made": ("clio", CREATES_ONCE_A_TITLE, (CREATE,)),
    "a create that invites those of the one before": ("netsuite", CREATES_WITH_THE_CONTACTS_BEFORE, (CREATE,)),
    "an update of what was read long ago": ("netsuite", UPDATES_A_STALE_COPY, (UPDATE,)),
    "an update of a cached revision": ("clio", UPDATES_A_CACHED_REVISION, (UPDATE,)),
    "a list that caches": ("clio", LIST_CACHES, (CANCEL, LIST)),
    "a refresh that shows the state before an edit": ("clio", REFRESH_LAGS, (CANCEL, REFRESH)),
    "a confirmation of the previous id": ("netsuite", CONFIRMS_THE_PREVIOUS, (CANCEL, CONFIRM)),
}
"""Bugs, each with the interfaces that its stories call: with fewer of them a bug is found in seconds."""
SOON = {"a list that caches": 3}
"""Seeds that find their bug in fewer steps than the first one does."""


@pytest.mark.in_turn(every=LONG)
@pytest.mark.parametrize("bug", PLANTED)
def test_a_bug_that_needs_a_sequence_is_found(bug: str, tmp_path: Path) -> None:
    crm, code, called = PLANTED[bug]
    (tmp_path / "faulty.py").write_text(HEAD.format(place=str(REFERENCE), crm=crm) + code)
    run = RunConfig(
        str(tmp_path / "faulty.py"), crm, seed=SOON.get(bug, 1), interfaces=tuple(each.name for each in called)
    )
    found = fuzz(FuzzConfig(run, examples=FOUND_WITHIN, folder=tmp_path, shrinking=1.0)).found

    assert found
    assert len(found[0].story.steps) <= STEPS


def appears(name: str = "A") -> Step:
    return {"do": "appears", "world": "first", "appointment": name, "title": "Budget talk"}


def calls(interface: str, name: str = "A", **more: Any) -> Step:
    return {"do": "calls", "interface": interface, "world": "first", "appointment": name, "who": "owner", **more}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (calls("listAppointments"), "The owner lists the days around A."),
        (calls("listAppointments", "?"), "The owner lists the coming days."),
        (calls("refreshAppointment", "?"), "The owner refreshes an appointment that never existed."),
        (
            calls("listAppointments", faults=["status=503,stage=before-commit,on=look"]),
            "The owner lists the days around A; a fault at a request that only asks, before anything is written: "
            "an error status in the vendor's own body 503.",
        ),
    ],
)
def test_calls_are_read_aloud(step: Step, told: str) -> None:
    assert sentences([step]) == [told]


def opened(crm: str) -> Any:
    path = str(REFERENCE / f"{crm}.py")
    return open_testbed(RunConfig(path, crm), parse(path), find_crm(crm))


def ranges(testbed: TestBed, steps: list[Step]) -> list[Any]:
    """Play a story that breaks nothing, and return the ranges that lists were asked for."""
    play = Play(testbed.harness, MUSTS)
    assert [play.do(step) for step in steps] == [None] * len(steps)
    records = [r for r in testbed.harness.records() if r["interface"] == "listAppointments"]
    return [record["params"].get("range") for record in records]


LIES = """
def said(*, user, auth_header, appointment_id=None, range=None):
    about = {{"id": str(appointment_id), "title": "?"}}
    return {{"successful": True, "returnMessage": {{"message": "Done.", "messageType": "success", "ttl": 3000}},
            "appointment": about, "appointments": []}}
{name} = said
"""


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "name", ["cancel_appointment", "list_appointments", "refresh_appointment", "confirm_appointment"]
)
def test_a_story_about_any_interface_is_replayed(name: str, tmp_path: Path) -> None:
    """It is stored, breaks with a connector that only says so, and holds with a right one."""
    first, second = name.split("_")
    step = calls(first + second.capitalize())
    Story("netsuite", ({**appears(), "kind": "tentative"}, step)).write(tmp_path / "s.json")
    path, story = tmp_path / "lies.py", read(tmp_path / "s.json")
    path.write_text(HEAD.format(place=str(REFERENCE), crm="netsuite") + LIES.format(name=name))

    assert replay(RunConfig(str(path), "netsuite"), story, "s.json").broken is not None
    assert replay(RunConfig(str(REFERENCE / "netsuite.py"), "netsuite"), story, "s.json").broken is None


def test_a_list_asks_for_the_days_of_an_appointment_that_is_gone_too() -> None:
    edited = {"do": "is edited", "world": "first", "appointment": "A"}
    listed = calls("listAppointments")
    with opened("clio") as testbed:
        first, moved, gone, none = ranges(
            testbed,
            [appears(), listed, edited, listed, calls("cancelAppointment"), listed, calls("listAppointments", "?")],
        )

    assert first is not None
    assert first != moved == gone
    assert none is None


def test_a_list_shows_a_concurrent_appointment_that_the_caller_may_see() -> None:
    both = [calls("cancelAppointment", "B"), calls("listAppointments")]
    at_once = {
        "do": "calls at once",
        "calls": [{name: value for name, value in call.items() if name != "do"} for call in both],
        "hold": "none,stage=after-commit,on=cancel",
    }
    with opened("netsuite") as testbed:
        assert len(ranges(testbed, [appears(), appears("B"), at_once])) == 1


def test_what_a_crm_does_not_know_is_not_called() -> None:
    run = RunConfig(str(REFERENCE / "clio.py"), "clio")
    with opened("clio") as testbed:
        assert callable_by(run, testbed) == [name for name in CALLED if name != CONFIRM.name]

"""Stories that make and change appointments: their contents, the names of what was made, how they are made short."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.fuzz.contents import CONTENT, PLAIN, plainer
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.play import EXPLAINED, Play
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.runner import replay
from greenroom.contracts.fuzz.schema import story_schema
from greenroom.contracts.fuzz.shrink import shortened
from greenroom.contracts.fuzz.story import Step, Story, StoryError, read
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.interfaces import CREATE, UPDATE
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from tests.catalogue import HERE
from tests.contracts.runs import REFERENCE

MUSTS = [clause for clause in CLAUSES if clause.strength == "must"]
HEAD = "import sys\nsys.path.insert(0, {place!r})\nfrom {crm} import *\n"
SOME = {"title": "Intake", "summary": "", "startTimeUtc": {"days": 2, "at": "16:30"}, "durationMinutes": 45}


def calls(interface: str, name: str = "A", **more: Any) -> Step:
    return {"do": "calls", "interface": interface, "world": "first", "appointment": name, "who": "owner", **more}


def makes(name: str = "A", **more: Any) -> Step:
    return calls(CREATE.name, name, content={**SOME, **more})


def changes(name: str = "A", **patch: Any) -> Step:
    return calls(UPDATE.name, name, content=patch)


def happens(what: str, name: str = "A") -> Step:
    return {"do": what, "world": "first", "appointment": name}


def appears(name: str = "A") -> Step:
    return {**happens("appears", name), "title": "Budget talk"}


def at_once(*two: Step) -> Step:
    bare = [{name: value for name, value in call.items() if name != "do"} for call in two]
    return {"do": "calls at once", "calls": bare, "hold": "held,on=any"}


def opened(path: Path, crm: str) -> Any:
    return open_testbed(RunConfig(str(path), crm), parse(str(path)), find_crm(crm))


@pytest.fixture(scope="module", params=["clio", "netsuite"])
def testbed(request: pytest.FixtureRequest) -> Iterator[TestBed]:
    with opened(REFERENCE / f"{request.param}.py", request.param) as ready:
        yield ready


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            makes(contacts=[1, 3]),
            "The owner creates A (title “Intake”, no note, start in 2 days at 16:30 UTC, 45 minutes, with contacts 1 "
            "and 3).",
        ),
        (makes(summary="a\nb", contacts=[2])["content"], "note “a b”, with contact 2"),
        (changes(contacts=[]), "The owner updates A (with no contact)."),
        (changes(status="confirmed"), "The owner updates A (status “confirmed”)."),
        (
            at_once(makes("A"), changes("B", durationMinutes=15)),
            "and the owner updates B (15 minutes); the first is held up",
        ),
    ],
)
def test_contents_are_read_aloud(step: Any, told: str) -> None:
    said = sentences([step if "do" in step else {**makes(), "content": step}])[0]

    assert all(part in said for part in told.split(", "))


def test_what_was_made_can_be_met_by_every_later_step(testbed: TestBed) -> None:
    """Also by a colleague in the CRM itself."""
    play = Play(testbed.harness, MUSTS)
    steps = [
        makes(contacts=[1]),
        changes(title="Moved"),
        calls("listAppointments"),
        calls("refreshAppointment"),
        happens("is edited"),
        changes(contacts=[2, 3]),
        happens("is cancelled"),
        changes(title="Too late"),
        makes("B"),
        calls("cancelAppointment", "B"),
    ]
    assert [play.do(step) for step in steps] == [None] * len(steps)
    records = testbed.harness.records()
    made, again = records[0]["subject"]["id"], records[-2]["subject"]["id"]

    assert made
    assert [each["params"].get("appointmentId") for each in records[1:]] == [made, None, made, made, made, None, again]
    titles = [shown["title"] for shown in records[2]["outcome"]["value"]["appointments"]]
    assert "Moved" in titles
    assert records[-1]["state"]["before"] == "live"
    assert records[-1]["state"]["final"] != "live"


def test_a_start_counts_from_the_day_of_the_story_and_contacts_are_the_accounts_own(testbed: TestBed) -> None:
    play = Play(testbed.harness, MUSTS)
    assert play.do(makes(contacts=[2, 1])) is None
    world, (record,) = play._context.world("first"), testbed.harness.records()
    payload = record["params"]["payload"]
    known = list(testbed.harness.crm.invitable(world))

    starts = datetime.fromisoformat(payload["startTimeUtc"])
    assert (starts.date() - world.clock.now().date()).days == 2
    assert (starts.hour, starts.minute, payload["durationMinutes"]) == (16, 30, 45)
    assert payload["contacts"] == [known[1], known[0]]


def test_what_a_call_did_not_make_never_existed(testbed: TestBed) -> None:
    play = Play(testbed.harness, MUSTS)
    refused = {**makes(), "faults": ["status=503,stage=before-commit,on=create"]}
    steps = [refused, *map(happens, ("is edited", "is cancelled")), changes(title="x"), calls("listAppointments")]

    assert [play.do(step) for step in steps] == [None] * len(steps)
    assert [each["state"]["before"] for each in testbed.harness.records()][:2] == ["none", "never"]


@pytest.mark.parametrize("fault", ["reset,stage=after-commit,on=create", "accepted,stage=after-commit,on=create"])
def test_what_a_crm_makes_later_is_the_calls_that_asked_for_it(fault: str) -> None:
    with opened(HERE / "correct" / "netsuite.create_by_job.py", "netsuite") as ready:
        play = Play(ready.harness, [*MUSTS, EXPLAINED])
        made, then = play.do({**makes(), "faults": [fault]}), play.do(happens("is cancelled"))
        (call,) = ready.harness.records()

    assert (made, then) == (None, None)
    assert call["state"] == {"before": "none", "after": "none", "final": "live"}


def test_two_creates_at_once_make_two(testbed: TestBed) -> None:
    play = Play(testbed.harness, MUSTS)
    steps = [at_once(makes("A"), makes("B")), changes("A", title="One"), changes("B", title="Other")]
    assert [play.do(step) for step in steps] == [None] * len(steps)
    one, other = (each["subject"]["id"] for each in testbed.harness.records()[:2])

    assert one != other
    assert [play._context.key(name) for name in "AB"] == [one, other]


def test_updates_at_once_of_one_that_was_made(testbed: TestBed) -> None:
    play = Play(testbed.harness, MUSTS)
    both = at_once(changes(title="One"), changes(summary="Other"))

    assert [play.do(step) for step in (makes(), both, calls("refreshAppointment"))] == [None] * 3
    shown = testbed.harness.records()[-1]["outcome"]["value"]["appointment"]
    assert (shown["title"], shown["description"]) == ("One", "Other")


def test_what_a_colleague_does_during_a_later_look_is_no_part_of_the_create(testbed: TestBed) -> None:
    """The look changes nothing, but somebody else does while it is under way."""
    play = Play(testbed.harness, MUSTS)
    looked = calls("refreshAppointment", faults=["edited,stage=before-authentication,on=read"])

    assert [play.do(step) for step in (makes(), looked)] == [None, None]
    assert play.end() is None


def test_each_story_has_ids_of_its_own_for_what_calls_make(testbed: TestBed) -> None:
    keys = []
    for _ in range(2):
        play = Play(testbed.harness, MUSTS)
        assert play.do(makes()) is None
        keys.append(play._context.key("A"))

    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([makes(), makes()], "appointment 'A' cannot be made: there is one of that name"),
        ([appears(), makes()], "appointment 'A' cannot be made: there is one of that name"),
        ([calls(CREATE.name)], "step 1 (calls) lacks 'content'"),
        ([calls(CREATE.name, content={"title": "x"})], "never passes the content of 'A': createAppointment.payload: "),
        ([makes(), changes(title="x", status="confirmed")], "never passes the content of 'A': updateAppointment"),
    ],
)
def test_a_story_that_cannot_be_played_says_why(testbed: TestBed, steps: list[Step], told: str) -> None:
    play = Play(testbed.harness, MUSTS)
    with pytest.raises(StoryError) as error:
        list(map(play.do, steps))

    assert told in str(error.value)


LIES = """
def {name}(**given):
    said = {{"message": "Done.", "messageType": "success", "ttl": 3000}}
    return {{"successful": True, "appointmentId": "1", "returnMessage": said, "appointment": {{"id": "1", "title": "?"}}}}
"""


@pytest.mark.in_turn
@pytest.mark.parametrize("crm", ["clio", "netsuite"])
@pytest.mark.parametrize(
    ("name", "steps"),
    [("create_appointment", [makes()]), ("update_appointment", [appears(), changes(title="Moved", contacts=[1])])],
)
def test_a_story_about_contents_is_stored_and_replayed(crm: str, name: str, steps: list[Step], tmp_path: Path) -> None:
    """It breaks with a connector that only says so, and holds with a right one."""
    Story(crm, tuple(steps)).write(tmp_path / "s.json")
    path, story = tmp_path / "lies.py", read(tmp_path / "s.json")
    path.write_text(HEAD.format(place=str(REFERENCE), crm=crm) + LIES.format(name=name))

    assert story.steps == tuple(steps)
    assert replay(RunConfig(str(path), crm), story, "s.json").broken is not None
    assert replay(RunConfig(str(REFERENCE / f"{crm}.py"), crm), story, "s.json").broken is None


def test_contents_that_no_schema_knows_are_no_story(tmp_path: Path) -> None:
    Story("clio", (makes(startTimeUtc={"days": 1, "at": "25:00"}),)).write(tmp_path / "s.json")
    with pytest.raises(StoryError, match=r"startTimeUtc\.at: '25:00' does not match"):
        read(tmp_path / "s.json")


DROPS_THE_NOTE = """
right = update_appointment

def update_appointment(*, user, auth_header, appointment_id, patch_body):
    patch = {name: value for name, value in patch_body.items() if name != "summary"} or {"title": "Note"}
    return right(user=user, auth_header=auth_header, appointment_id=appointment_id, patch_body=patch)
"""


@pytest.mark.in_turn
def test_contents_and_creates_are_made_plain(tmp_path: Path) -> None:
    """What a call made becomes what appears, and a patch has only what the failure needs."""
    path = tmp_path / "drops.py"
    path.write_text(HEAD.format(place=str(REFERENCE), crm="clio") + DROPS_THE_NOTE)
    steps = [makes("C", contacts=[1]), makes("B"), changes("B", title="Long", summary="Ask first.", contacts=[2, 1])]
    with opened(path, "clio") as ready:
        wanted = [clause for clause in MUSTS if clause.id == "update.is-done"]
        short = shortened(steps, lambda fewer: Replayer(ready).fails(fewer, wanted, late_too=False))

    assert short == [appears(), changes(summary="Ask first.")]


@given(st.sampled_from([name for name, each in CALLED.items() if each.asks]), st.data())
def test_what_is_drawn_fits_the_schema_and_can_be_made_plain(name: str, data: st.DataObject) -> None:
    asks = CALLED[name].asks
    assert asks is not None
    content = data.draw(asks.drawn)
    for _ in range(20):
        assert content.keys() <= CONTENT["properties"].keys()
        assert set(asks.needs) <= content.keys()
        content = next(plainer(content, asks.needs), content)

    assert len(content) == max(1, len(asks.needs))
    assert all(value == PLAIN.get(part, value) for part, value in content.items())


def test_the_schema_of_contents_follows_from_the_code() -> None:
    assert story_schema()["$defs"]["content"] == CONTENT


@pytest.mark.parametrize(("crm", "longest"), [("bullhorn", 100), ("clio", 224)])
def test_a_title_is_as_long_as_the_crm_takes_it(crm: str, longest: int) -> None:
    with opened(REFERENCE / f"{crm}.py", crm) as ready:
        play = Play(ready.harness, MUSTS)
        found = play.do(makes(title=("Very long talk " * 15).strip()))
        title = ready.harness.records()[0]["params"]["payload"]["title"]

    assert found is None
    assert longest - 1 <= len(title) == len(title.strip()) <= longest

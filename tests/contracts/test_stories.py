"""Stories: read aloud, stored, checked, played again; and the small model that watches the world."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.contracts import schemas
from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.play import EXPLAINED, Play
from greenroom.contracts.fuzz.schema import story_schema
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.faults import QUICK_FAULTS, frequent, variants
from greenroom.contracts.fuzz.steps.one_call import expected
from greenroom.contracts.fuzz.story import Step, Story, StoryError, read
from greenroom.contracts.harness.testbed import TestBed
from greenroom.contracts.interfaces import CANCEL
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse as parse_fault
from tests.catalogue import HERE
from tests.contracts.stories import AT_ONCE, MUSTS, appears, cancels, happens, opened

REFERENCE = HERE.parent / "connectors" / "reference"


@pytest.fixture(scope="module")
def netsuite() -> Iterator[TestBed]:
    with opened(REFERENCE / "netsuite.py") as ready:
        yield ready


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([appears()], "An appointment A of the owner appears (“Budget talk”)."),
        (
            [appears("B", kind="recurring", whose="outsider", like="A")],
            "A recurring appointment B of the outsider appears (“Budget talk”, whose id is that of A and one digit more).",
        ),
        ([cancels()], "The owner cancels A."),
        ([cancels("?", who="viewer")], "The viewer cancels an appointment that never existed."),
        (
            [cancels(faults=["reset,stage=after-commit,on=cancel"])],
            "The owner cancels A; a fault at the request that would cancel, when it is done already: "
            "the connection is reset, no response.",
        ),
        (
            [cancels(faults=["refused,times=2"])],
            "The owner cancels A; a fault as it connects, 2 times: connections are refused until it is disarmed.",
        ),
        (
            [AT_ONCE],
            "At the same time the owner cancels A and the viewer cancels A; the first is held up at its first request "
            "until the second is answered.",
        ),
        ([happens("is deleted")], "A colleague deletes A in the CRM itself."),
        ([happens("is reinstated")], "A colleague reinstates A in the CRM itself."),
        (
            [{"do": "token expires", "world": "first", "who": "owner"}],
            "The owner goes on with a token that expired.",
        ),
        ([{"do": "gets slow", "world": "first"}], "The CRM takes its time over the next call."),
        (
            [cancels(), cancels(world="second")],
            "The owner cancels A in the first account. The owner cancels A in the second account.",
        ),
    ],
)
def test_a_story_is_read_aloud(steps: list[Step], told: str) -> None:
    assert " ".join(sentences(steps)) == told


def test_the_schema_follows_from_the_table_of_steps() -> None:
    assert schemas.load("story") == story_schema(), "run make docs"


FUZZ = HERE.parent / "contracts" / "fuzz"


@pytest.mark.parametrize("name", ["context", "describe", "stories", "play", "schema", "shrink", "story"])
def test_what_follows_from_the_table_of_steps_knows_none_by_name(name: str) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse((FUZZ / f"{name}.py").read_text("utf-8")))
        if isinstance(node, ast.Constant)
    ]

    assert [do for do in STEPS if do in strings and do != "calls"] == []  # the field of two calls has that name, too


IN_THE_CRM = {"steps/is_cancelled", "steps/is_deleted", "steps/is_reinstated", "steps/faults", "steps/calls"}
"""Where colleagues cancel in the CRM itself."""


def test_one_place_knows_what_an_interface_does() -> None:
    strings = {path: cancelling(path) for path in FUZZ.rglob("*.py") if path.parent.name != "interfaces"}
    found = {path.relative_to(FUZZ).with_suffix("").as_posix() for path, texts in strings.items() if texts}

    assert found <= IN_THE_CRM


def cancelling(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in strings if "cancel" in text]


def test_every_fault_that_strikes_a_story_is_quick_and_can_be_armed() -> None:
    drawn = [text for fault in QUICK_FAULTS for text in variants(fault, CANCEL.name)]

    assert {parse_fault(text).fault.name for text in drawn} == set(FAULTS) - {
        "delay",
        "drip",
        "hang",
        "held",
        "limit",
        "none",
    }
    assert set(frequent(CANCEL.name)) <= set(drawn)
    assert not any("hang" in text for text in drawn)


def test_a_story_is_stored_and_read(tmp_path: Path) -> None:
    story = Story("clio", (appears(), cancels()), {"name": "c.py", "digest": "1"}, {"seed": 1}, "effect.cancelled")
    story.write(tmp_path / "new" / "s.json")

    assert read(tmp_path / "new" / "s.json") == Story(**{**vars(story), "told": []})
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["s.json"]


OLD_CALLS = [{"world": "first", "appointment": "A", "who": who} for who in ("owner", "viewer")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"do": "cancels", "world": "first", "appointment": "A", "who": "owner"}, cancels()),
        (
            {"do": "cancels", "world": "first", "appointment": "A", "who": "owner", "faults": ["reset"]},
            cancels(faults=["reset"]),
        ),
        ({"do": "cancel at once", "calls": OLD_CALLS, "hold": "held,on=any"}, AT_ONCE),
        ({"do": "cancel at once", "calls": OLD_CALLS, "hold": "held"}, {**AT_ONCE, "hold": "held,on=cancel"}),
        (
            {"do": "cancel at once", "calls": OLD_CALLS, "hold": "none,stage=after-commit"},
            {**AT_ONCE, "hold": "none,stage=after-commit,on=cancel"},
        ),
    ],
)
def test_a_story_of_greenroom_0_1_is_read_and_written_anew(old: Step, new: Step, tmp_path: Path) -> None:
    """Then steps named the one interface that there was."""
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"crm": "clio", "history": [[appears(), old]], "steps": [appears(), old]}))
    story = read(path)
    story.write(path)

    assert (story.steps, story.history) == ((appears(), new), ((appears(), new),))
    assert read(path).steps == story.steps
    assert json.loads(path.read_text("utf-8"))["steps"] == [appears(), new]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "holds no story: story: [] is not of type 'object'"),
        ('{"crm": "clio", "steps": []}', "story.steps: [] should be non-empty"),
        ('{"crm": "clio", "steps": [{"do": "flies"}]}', "story.steps[0].do: 'flies' is not one of"),
        ('{"crm": "clio", "steps": [{"do": "cancels", "world": "first"}]}', "'appointment' is a required property"),
        ('{"crm": "clio", "steps": [{"do": "cancel at once", "calls": 1}]}', "calls: 1 is not of type 'array'"),
        ('{"crm": "clio", "steps": [{"do": "calls", "world": "first"}]}', "'interface' is a required property"),
    ],
)
def test_what_is_no_story_is_refused(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(text)
    with pytest.raises(StoryError) as error:
        read(path)

    assert told in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([cancels()], "appointment 'A' is spoken of before it appears"),
        ([appears(), appears()], "appointment 'A' appears twice in the first account"),
        ([appears(kind="recurring")], "NetSuite knows no appointments of kind 'recurring'"),
    ],
)
def test_a_story_that_cannot_be_played_says_why(netsuite: TestBed, steps: list[Step], told: str) -> None:
    play = Play(netsuite.harness, MUSTS)
    with pytest.raises(StoryError) as error:
        list(map(play.do, steps))

    assert told in str(error.value)


def test_no_return_from_deletion() -> None:
    with opened(REFERENCE / "clio.py") as ready:
        play = Play(ready.harness, MUSTS)
        play.do(appears())
        with pytest.raises(StoryError, match="in Clio a cancelled appointment cannot come back"):
            play.do(happens("is reinstated"))


def test_ids_are_equal_in_both_accounts_and_alike_where_it_is_said(netsuite: TestBed) -> None:
    day = StoryContext(netsuite.harness)
    for step in (appears(), appears(world="second"), appears("B", like="A")):
        STEPS["appears"].play(day, step)
    one, other = day.world("first"), day.world("second")

    assert one is not other
    assert netsuite.harness.crm.state(one, day.key("A")) == netsuite.harness.crm.state(other, day.key("A")) == "live"
    assert day.key("B").startswith(day.key("A"))
    assert len(day.key("B")) == len(day.key("A")) + 1


def test_each_story_has_ids_of_its_own(netsuite: TestBed) -> None:
    keys = []
    for _ in range(2):
        day = StoryContext(netsuite.harness)
        STEPS["appears"].play(day, appears())
        keys.append(day.key("A"))

    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([happens("is edited")], "live"),
        ([happens("is cancelled")], "transitioned"),
        ([happens("is deleted")], "removed"),
        ([happens("is cancelled"), happens("is reinstated")], "live"),
        ([cancels()], "transitioned"),
        ([cancels(who="forbidden")], "live"),
        ([cancels(), happens("is reinstated"), cancels()], "transitioned"),
        ([happens("is deleted"), cancels(), happens("is edited"), happens("is cancelled")], "removed"),
        ([AT_ONCE], "transitioned"),
    ],
)
def test_steps_do_what_they_say_and_the_model_agrees(netsuite: TestBed, steps: list[Step], state: str) -> None:
    day = StoryContext(netsuite.harness)
    for step in [appears(), *steps]:
        STEPS[step["do"]].play(day, step)
        assert day.compare() is None

    assert netsuite.harness.crm.state(day.world("first"), day.key("A")) == state


@pytest.mark.parametrize("what", ["seeded", "own"])
def test_the_model_notices_what_no_step_explains(netsuite: TestBed, what: str) -> None:
    """Somebody's hand in the store, as late work would be."""
    play = Play(netsuite.harness, [EXPLAINED])
    assert play.do(appears()) is None
    assert play.do(appears("B")) is None
    day = play._context
    world = day.world("first")
    key = world.appointments["same-title"] if what == "seeded" else day.key("A")
    with world.store.commit() as commit:
        commit.update("calendarEvent", key, {"location": "elsewhere"})
    found = play.do(cancels("B"))

    assert found is not None
    assert found.clause == EXPLAINED.id
    assert key in found.violation.expected


def test_the_model_notices_what_comes_back(netsuite: TestBed) -> None:
    play = Play(netsuite.harness, [EXPLAINED])
    world = play._context.world("first")
    for step in (appears(), happens("is cancelled")):
        assert play.do(step) is None
    key = play._context.expect("first", "A", ())
    netsuite.harness.crm.reinstate(world, world.people["colleague"], key)  # type: ignore[misc]

    assert play._context.compare() is not None


def test_a_token_that_ended_is_passed_until_they_connect_anew(netsuite: TestBed) -> None:
    play = Play(netsuite.harness, MUSTS)
    steps = [
        appears(),
        {"do": "token expires", "world": "first", "who": "owner"},
        cancels(),
        {"do": "connects anew", "world": "first", "who": "owner"},
        cancels(),
    ]
    assert [play.do(step) for step in steps] == [None] * 5
    first, second = netsuite.harness.records()

    assert [record["actor"]["credential"] for record in (first, second)] == ["expired", "valid"]
    assert [record["outcome"]["value"]["successful"] for record in (first, second)] == [False, True]


def test_two_at_once_go_on_with_tokens_that_ended(netsuite: TestBed) -> None:
    play = Play(netsuite.harness, MUSTS)
    for step in (appears(), {"do": "token expires", "world": "first", "who": "owner"}, AT_ONCE):
        assert play.do(step) is None

    assert [record["actor"]["credential"] for record in netsuite.harness.records()] == ["expired", "valid"]


def test_what_happens_after_two_calls_at_once_is_no_part_of_either(netsuite: TestBed) -> None:
    """In whichever account."""
    play = Play(netsuite.harness, MUSTS)
    steps = [appears("A"), appears("B", "second")]
    at_once = {**AT_ONCE, "calls": [dict(cancels(name, world)) for name, world in (("B", "second"), ("A", "first"))]}
    for call in at_once["calls"]:
        del call["do"]
    for step in (*steps, at_once, happens("is deleted", "B", "second"), happens("is deleted", "A")):
        assert play.do(step) is None

    assert play.end() is None
    assert [record["state"]["final"] for record in netsuite.harness.records()] == ["transitioned", "transitioned"]


def test_faults_last_for_one_call(netsuite: TestBed) -> None:
    play = Play(netsuite.harness, MUSTS)
    trouble = ["status=503,stage=before-commit,times=2"]
    assert [play.do(step) for step in (appears(), cancels(faults=trouble), cancels())] == [None] * 3

    assert [record["outcome"]["value"]["successful"] for record in netsuite.harness.records()] == [False, True]


def test_a_request_with_an_earlier_calls_token_belongs_to_the_call_that_is_under_way() -> None:
    """It is no late work of the earlier one, where the later one sends nothing of its own."""
    with opened(HERE / "faulty" / "safety.acts-as-the-caller.clio.py") as ready:
        play = Play(ready.harness, MUSTS)
        found = [play.do(step) for step in (appears(), cancels(), appears("B"), cancels("B", who="colleague"))]
        first, second = ready.harness.settle()

    assert found[:3] == [None] * 3
    assert found[3] is not None
    assert found[3].clause == "safety.acts-as-the-caller"
    assert (first["late"], len(second["journal"])) == ([], 1)


def test_a_colleague_may_change_what_a_late_look_names(netsuite: TestBed) -> None:
    """A fault in which somebody else edits or cancels fires on whatever appointment a request names."""
    day = StoryContext(netsuite.harness)
    for name in ("A", "B"):
        STEPS["appears"].play(day, appears(name))
    assert day.compare() is None
    expected(day, cancels(faults=["cancelled,on=any"]))
    netsuite.harness.out_of_band(netsuite.harness.crm.cancel, day.world("first"), day.key("B"))

    assert day.compare() is None

"""Stories: read aloud, stored, checked, played again, made shorter; and the small model that watches the world."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.connectors.bridges.target import parse
from greenroom.contracts import schemas
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.play import EXPLAINED, Play
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.schema import story_schema
from greenroom.contracts.fuzz.shrink import relabelled, shortened
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar
from greenroom.contracts.fuzz.steps.faults import QUICK_FAULTS, frequent, variants
from greenroom.contracts.fuzz.steps.one_call import expected
from greenroom.contracts.fuzz.steps.step import WORLD, StepKind
from greenroom.contracts.fuzz.stories import hypothesis_settings, play_stories, some_story
from greenroom.contracts.fuzz.story import Step, Story, StoryError, read
from greenroom.contracts.harness.testbed import TestBed, open_testbed
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import find_crm
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse as parse_fault
from tests.catalogue import HERE

MUSTS = [clause for clause in CLAUSES if clause.strength == "must"]
REFERENCE = HERE.parent / "connectors" / "reference"


def appears(name: str = "A", world: str = "first", **more: Any) -> Step:
    return {"do": "appears", "world": world, "appointment": name, "title": "Budget talk", **more}


def cancels(name: str = "A", world: str = "first", who: str = "owner", **more: Any) -> Step:
    return {"do": "calls", "interface": CANCEL.name, "world": world, "appointment": name, "who": who, **more}


def happens(what: str, name: str = "A", world: str = "first") -> Step:
    return {"do": what, "world": world, "appointment": name}


AT_ONCE: Step = {
    "do": "calls at once",
    "hold": "held,on=any",
    "calls": [
        {"interface": CANCEL.name, "world": "first", "appointment": "A", "who": who} for who in ("owner", "viewer")
    ],
}


@pytest.fixture(scope="module")
def netsuite() -> Iterator[TestBed]:
    with opened(REFERENCE / "netsuite.py") as ready:
        yield ready


def opened(path: Path) -> Any:
    crm = next(name for name in ("clio", "netsuite") if name in path.name)
    return open_testbed(RunConfig(str(path), crm), parse(str(path)), find_crm(crm))


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


def test_a_new_kind_of_step_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def night(_draw: Draw, _so_far: SoFar) -> list[Step]:
        return [{"do": "sleeps", "world": "first"}]

    kind = StepKind("sleeps", lambda _c, _s: None, lambda _s, _w: "All sleep", needs=WORLD, moves=(Move(night),))
    monkeypatch.setitem(STEPS, "sleeps", kind)
    met = Collecting()
    stories = some_story(find_crm("clio"), ["cancelAppointment"], 10)
    play_stories(met, stories, hypothesis_settings(20, None), drawn_from=1)

    assert sentences([{"do": "sleeps", "world": "first"}]) == ["All sleep."]
    assert story_schema()["$defs"]["step"]["properties"]["do"]["enum"][-1] == "sleeps"
    assert {"sleeps", "appears", "calls"} <= {step["do"] for story in met.stories for step in story}


class Collecting:
    """Plays nothing, and collects the stories."""

    def __init__(self) -> None:
        self.stories: list[list[Step]] = []
        self.ended = 0

    def begin(self) -> None:
        self.stories.append([])

    def do(self, step: Step) -> None:
        self.stories[-1].append(step)

    def end(self) -> None:
        self.ended += 1


def drawn(seed: int, *, most: int = 10) -> list[list[Step]]:
    met = Collecting()
    stories = some_story(find_crm("clio"), list(CALLED), most)
    play_stories(met, stories, hypothesis_settings(60, None), seed)
    assert met.ended == len(met.stories)
    return met.stories


def test_stories_follow_from_the_seed() -> None:
    assert drawn(1) == drawn(1) != drawn(2)


def test_stories_have_as_many_moves_as_they_may_but_for_a_few() -> None:
    """Each move is a step at least, and four at most."""
    sizes = [len(story) for story in drawn(1, most=5)]

    assert all(1 <= size <= 4 * 5 for size in sizes)
    assert sum(size >= 5 for size in sizes) > len(sizes) // 2


def test_a_story_that_fails_is_drawn_shorter_and_every_story_ends(tmp_path: Path) -> None:
    """The choices that led to it are kept, and tried first the next time."""

    class Picky(Collecting):
        def do(self, step: Step) -> None:
            super().do(step)
            if step["do"] == "is edited":
                raise ValueError

    met, stories = Picky(), some_story(find_crm("clio"), ["cancelAppointment"], 10)
    again = Picky()
    for player in (met, again):
        with pytest.raises(ValueError):  # noqa: PT011 - it has no words
            play_stories(player, stories, hypothesis_settings(200, tmp_path), drawn_from=1)

    failed = [story for story in met.stories if story[-1]["do"] == "is edited"]
    assert [step["do"] for step in met.stories[-1]] == ["appears", "is edited"]
    assert len(failed[0]) > 2
    assert again.stories[0] == met.stories[-1]
    assert met.ended == len(met.stories)


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


@pytest.mark.in_turn
def test_a_long_story_is_made_short() -> None:
    noise = [appears("B"), cancels("B", who="viewer"), happens("is edited", "B"), {"do": "gets slow", "world": "first"}]
    steps = [
        *noise,
        appears("C"),
        cancels("C", faults=[frequent(CANCEL.name)[0]]),
        happens("is reinstated", "C"),
        cancels("C"),
    ]
    with opened(HERE / "faulty" / "truth.success-is-backed.netsuite.remembers.py") as ready:
        wanted = [clause for clause in MUSTS if clause.id == "effect.cancelled"]
        short = shortened(steps, lambda fewer: Replayer(ready).fails(fewer, wanted, late_too=False))

    assert short == [appears(), cancels(), happens("is reinstated"), cancels()]


def test_two_at_once_become_two_in_a_row_where_that_fails_too() -> None:
    with opened(HERE / "faulty" / "truth.success-is-backed.netsuite.fire-and-forget.py") as ready:
        wanted = [clause for clause in MUSTS if clause.id == "truth.success-is-backed"]

        short = shortened([appears(), AT_ONCE], lambda fewer: Replayer(ready).fails(fewer, wanted, late_too=False))

    assert short == [appears(), cancels()]


NAMES = st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True)


@given(NAMES)
def test_appointments_are_named_in_order(names: list[str]) -> None:
    steps = relabelled([step for name in names for step in (appears(name), cancels(name), cancels("?"))])

    assert [step["appointment"] for step in steps if step["do"] == "appears"] == list("ABCDEF"[: len(names)])
    assert json.dumps(steps).count("?") == len(names)


def test_a_colleague_may_change_what_a_late_look_names(netsuite: TestBed) -> None:
    """A fault in which somebody else edits or cancels fires on whatever appointment a request names."""
    day = StoryContext(netsuite.harness)
    for name in ("A", "B"):
        STEPS["appears"].play(day, appears(name))
    assert day.compare() is None
    expected(day, cancels(faults=["cancelled,on=any"]))
    netsuite.harness.out_of_band(netsuite.harness.crm.cancel, day.world("first"), day.key("B"))

    assert day.compare() is None

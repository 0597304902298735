"""Fuzzing: bugs that need a sequence are found and told in few steps; whoever is right is never accused."""

import dataclasses
from pathlib import Path

import pytest

from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.events import Event, Explored, FuzzFinished, FuzzStarted, Replayed, Result, Suspected
from greenroom.contracts.fuzz.runner import fuzz, replay
from greenroom.contracts.fuzz.steps.faults import frequent
from greenroom.contracts.fuzz.story import Story, read
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run.config import RunConfig
from tests.catalogue import HERE, NEEDS_NODE, Specimen, cases, correct, sample, turn

FOUND_WITHIN, STEPS, EACH_TIME = 200, 6, 1
"""Stories within which a bug is found, the steps in which it is told, and how many bugs are looked for at a commit."""
SEQUENCES = {
    "truth.success-is-backed.clio.remembers-ids.py": "remembers by id",
    "effect.cancelled.clio.keeps-the-first-header.py": "keeps the first user's token",
    "truth.success-is-backed.netsuite.stale-look.py": "trusts a look of long ago",
    "truth.races-add-up.clio.busy.py": "two cancellations at once",
    "truth.success-is-backed.netsuite.fire-and-forget.py": "fires and forgets",
    "effect.keeps-others-edits.netsuite.py": "sends the whole record back",
    "truth.lost-is-not-done.clio.py": "loses the answer",
}
SOON = {"truth.success-is-backed.netsuite.stale-look.py": 5}
"""Seeds that find their bug sooner than the first one does."""


def run_config(name: str, **more: object) -> RunConfig:
    path = HERE / "faulty" / name
    return RunConfig(str(path), path.stem.split(".")[2], **more)  # type: ignore[arg-type]


def config(folder: Path, what: RunConfig, **more: int) -> FuzzConfig:
    return FuzzConfig(what, **{"examples": FOUND_WITHIN, **more}, folder=folder, shrinking=1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sample(list(SEQUENCES), EACH_TIME), ids=lambda name: Path(name).stem)
def test_a_bug_that_needs_a_sequence_is_found_and_told_in_few_steps(name: str, tmp_path: Path) -> None:
    found = fuzz(config(tmp_path, run_config(name, seed=SOON.get(name, 1)))).found

    assert found
    story = found[0].story
    assert len(story.steps) <= STEPS
    assert len(story.told) == len(story.steps)
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in story.told)
    assert read(Path(found[0].place)).to_json() == story.to_json()


def patient(specimen: Specimen) -> RunConfig:
    return RunConfig(specimen.target, specimen.crm, runtime=specimen.runtime, seed=7)


STYLES = ("reference", "looks_late", "logs_in_again", "fetch_class", "https_agent")
"""Correct connectors that are fuzzed, three at a commit: those that follow no rule of thumb."""


@pytest.mark.parametrize(
    "specimen", cases(turn([s for s in correct() if any(style in str(s.path) for style in STYLES)], 3))
)
def test_whoever_is_right_is_not_accused(specimen: Specimen, tmp_path: Path) -> None:
    """A few stories each; thousands were played by hand (docs/concepts/stories.md)."""
    result = fuzz(config(tmp_path, patient(specimen), examples=5))

    assert result.found == ()
    assert result.examples >= 5
    assert result.unsteady == 0


@pytest.mark.in_turn
def test_the_same_seed_is_the_same_run(tmp_path: Path) -> None:
    reference = RunConfig(str(HERE.parent / "connectors" / "reference" / "netsuite.py"), "netsuite", seed=3)
    one, two = (fuzz(config(tmp_path / name, reference, examples=6)) for name in ("one", "two"))
    other = fuzz(config(tmp_path / "three", dataclasses.replace(reference, seed=4), examples=6))

    assert (one.examples, one.calls, one.coverage) == (two.examples, two.calls, two.coverage)
    assert other.coverage != one.coverage


FORGETS = "truth.success-is-backed.netsuite.fire-and-forget.py"
APPEARS = {"do": "appears", "world": "first", "appointment": "A", "title": "Budget talk"}
CANCELS = {"do": "calls", "interface": CANCEL.name, "world": "first", "appointment": "A", "who": "owner"}


def test_what_was_found_is_tried_first_the_next_time(tmp_path: Path) -> None:
    heard: list[Event] = []
    asked = config(tmp_path, run_config(FORGETS))
    Story("netsuite", (APPEARS, CANCELS)).write(asked.stories / "kept.json")
    result = fuzz(asked, heard.append)

    assert [type(event) for event in heard] == [FuzzStarted, Replayed, FuzzFinished]
    assert isinstance(heard[0], FuzzStarted)
    assert heard[0].kept == 1
    assert (len(result.found), result.examples) == (1, 0)


@pytest.mark.in_turn
def test_a_failure_is_kept_before_it_is_short(tmp_path: Path) -> None:
    """Whatever interrupts from there on."""
    kept: list[int] = []

    def look(event: Event) -> None:
        if isinstance(event, Suspected):
            kept.extend(len(read(path).steps) for path in tmp_path.rglob("*.json"))

    found = fuzz(config(tmp_path, run_config("effect.keeps-others-edits.netsuite.py", seed=1)), look).found

    assert len(kept) == 1
    assert kept[0] >= min(len(each.story.steps) for each in found)
    assert {str(path) for path in tmp_path.rglob("*.json")} == {each.place for each in found}


def test_a_story_holds_once_the_connector_is_mended() -> None:
    story = Story("netsuite", (APPEARS, {**CANCELS, "faults": [frequent(CANCEL.name)[2]]}))
    mended = RunConfig(str(HERE.parent / "connectors" / "reference" / "netsuite.py"), "netsuite")

    assert replay(run_config("effect.keeps-others-edits.netsuite.py"), story, "s.json").broken is not None
    assert replay(mended, story, "s.json").broken is None


LATE = """
import threading
from examined import answer, cancel_appointment as right, requests

CANCELLATION = "removed"

def cancel_appointment(*, user, auth_header, appointment_id):
    said = right(user=user, auth_header=auth_header, appointment_id=appointment_id)
    threading.Timer(0.02, late, (user, auth_header)).start()
    return said

def late(user, auth_header):
    {late}
"""


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("late", "clause"),
    [
        (
            "requests.delete(f\"https://{user['hostname']}/api/v4/calendar_entries/1.json\", "
            "headers={'Authorization': auth_header})",
            "effect.only-this-appointment",
        ),
        ("__import__('os')._exit(3)", "bounds.comes-to-an-end"),
    ],
    ids=["writes", "dies"],
)
def test_what_comes_late_is_found_and_made_short(late: str, clause: str, tmp_path: Path) -> None:
    """A moment after the answer, when the next call is made already."""
    right = HERE.parent / "examples" / "pytest-project" / "connectors" / "clio.py"
    (tmp_path / "examined.py").write_text(right.read_text())
    (tmp_path / "late.py").write_text(LATE.replace("{late}", late))
    asked = RunConfig(str(tmp_path / "late.py"), "clio", only=(clause,))
    (found,) = fuzz(config(tmp_path, asked, examples=6)).found

    assert found.story.clause == clause
    assert len(found.story.steps) <= STEPS


@pytest.mark.in_turn
def test_a_kept_story_is_not_overwritten_by_another_one(tmp_path: Path) -> None:
    """It may be somebody's regression test; what could not be confirmed leaves no trace."""
    asked = config(tmp_path, run_config(FORGETS, only=("effect.cancelled",)))
    kept = asked.stories / "effect.cancelled.json"
    Story("netsuite", (APPEARS,)).write(kept)
    found = fuzz(asked).found

    assert read(kept).steps == (APPEARS,)
    assert [Path(each.place).name for each in found] == ["effect.cancelled-2.json"]
    assert {path.name for path in asked.stories.iterdir()} == {"effect.cancelled.json", "effect.cancelled-2.json"}


@NEEDS_NODE
def test_a_story_about_advice_fails_when_it_is_replayed() -> None:
    name, clause = "truth.looks-after-a-lost-answer.netsuite.caught.cjs", "truth.looks-after-a-lost-answer"
    story = Story("netsuite", (APPEARS, {**CANCELS, "faults": [frequent(CANCEL.name)[0]]}), clause=clause)

    broken = replay(run_config(name), story, "s.json").broken
    assert broken is not None
    assert broken.clause == clause


@pytest.mark.in_turn
def test_time_is_kept(tmp_path: Path) -> None:
    heard: list[Event] = []
    reference = RunConfig(str(HERE.parent / "connectors" / "reference" / "clio.py"), "clio")
    limited = FuzzConfig(reference, examples=100_000, seconds=4, folder=tmp_path)
    result = fuzz(limited, heard.append)

    assert result.stopped == "time is over"
    assert 4 <= result.seconds < 60
    assert any(isinstance(event, Explored) and event.calls for event in heard)


@pytest.mark.in_turn
def test_what_one_of_several_processes_finds_ends_all(tmp_path: Path) -> None:
    result = fuzz(config(tmp_path, run_config(FORGETS), jobs=2, examples=4000))

    assert all(found.broken for found in result.found)
    assert result.found
    assert result.examples < 4000
    assert list(tmp_path.glob("choices/*/*"))


@pytest.mark.in_turn
def test_several_processes_share_the_work(tmp_path: Path) -> None:
    reference = RunConfig(str(HERE.parent / "connectors" / "reference" / "netsuite.py"), "netsuite")
    result: Result = fuzz(config(tmp_path, reference, jobs=2, examples=9))

    assert result.found == ()
    assert result.examples >= 9
    assert sum(result.coverage.values()) >= result.calls > 0


@pytest.mark.in_turn
@NEEDS_NODE
def test_advice_may_break_a_story_where_it_is_asked_for(tmp_path: Path) -> None:
    name = "truth.looks-after-a-lost-answer.netsuite.caught.cjs"
    asked = run_config(name, only=("truth.looks-after-a-lost-answer",))

    assert fuzz(config(tmp_path / "all", run_config(name), examples=15)).found == ()
    assert [f.story.clause for f in fuzz(config(tmp_path / "one", asked)).found] == ["truth.looks-after-a-lost-answer"]


@pytest.mark.parametrize("wrong", [{"examples": 0}, {"steps": -1}, {"jobs": 0}, {"seconds": 0.0}])
def test_numbers_that_cannot_be(wrong: dict[str, int]) -> None:
    name, value = next(iter(wrong.items()))
    with pytest.raises(ConfigError, match=f"--{name} {value:g} cannot be"):
        FuzzConfig(RunConfig("c.py", "clio"), **wrong)  # type: ignore[arg-type]

"""Stories as Hypothesis draws them: from a seed, whole, and shorter where one fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.contracts.fuzz.contents import TITLES
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.schema import story_schema
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar
from greenroom.contracts.fuzz.steps.step import WORLD, StepKind
from greenroom.contracts.fuzz.stories import hypothesis_settings, play_stories, some_story
from greenroom.contracts.fuzz.story import Step
from greenroom.simulators import find_crm
from tests.clones import ROOT


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


DRAWS = """
import json
from tests.contracts.test_drawn_stories import drawn
for seed in range(2):
    print(json.dumps(drawn(seed)))
"""


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


def test_stories_are_the_same_whatever_source_code_is_loaded(tmp_path: Path) -> None:
    """Hypothesis draws numbers and words of the project's modules: a clone has others than a package."""
    (tmp_path / "some_project.py").write_text(f"NUMBERS = {[*range(300)]}\nWORDS = {TITLES}\n", encoding="utf-8")
    found = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    alone, beside = (
        subprocess.check_output([sys.executable, "-c", f"{loaded}\n{DRAWS}"], env=found)
        for loaded in ("", "import some_project")
    )
    assert alone == beside != b""


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

"""``--shard`` and ``greenroom merge``: a run in parts is the same run."""

import json
from pathlib import Path
from typing import Any

import pytest

from greenroom.contracts import schemas
from tests.catalogue import HERE
from tests.greenroom.shell import greenroom

GOOD = str(HERE.parent / "connectors" / "reference" / "clio_cancel.py")
BROKEN = str(HERE / "faulty" / "effect.keeps-others-edits.netsuite.py")
CERTIFY = ("certify", GOOD, "--crm", "clio")
FEW = ("plain", "slow-crm")
MANY = (*FEW, "lost-*", "two-users-*", "renewed-*")
FUZZ = ("fuzz", GOOD, "--crm", "clio", "--examples", "12", "--seed", "3")


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small run whole, and in two shards."""
    return played(tmp_path_factory.mktemp("runs"), FEW)


def played(folder: Path, scenarios: tuple[str, ...]) -> Path:
    chosen = [word for name in scenarios for word in ("--scenario", name)]
    for name, *more in (("whole",), ("1", "--shard", "1/2"), ("2", "--shard", "2/2")):
        said = greenroom(*CERTIFY, *chosen, *more, "--report", str(folder / f"{name}.json"))
        assert said.code == 0, said.err
    return folder


@pytest.fixture(scope="module")
def fuzzes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two shards of one fuzz, the first played twice."""
    folder = tmp_path_factory.mktemp("fuzzes")
    for name, shard in (("1", "1/2"), ("again", "1/2"), ("2", "2/2")):
        words = (*FUZZ, "--shard", shard, "--keep", str(folder / name), "--report", str(folder / f"{name}.json"))
        assert greenroom(*words).code == 0
    return folder


@pytest.mark.in_turn
def test_the_shards_of_a_run_are_judged_as_the_whole(tmp_path: Path) -> None:
    runs = played(tmp_path, MANY)
    said = greenroom("merge", "2.json", "1.json", "--report", "merged.json", cwd=runs)
    whole, merged = read(runs / "whole.json"), read(runs / "merged.json")

    assert said.code == 0, said.err
    assert merged["selection"] == whole["selection"]
    assert [(c["interface"], c["id"], c["outcome"], c["judged"]) for c in merged["clauses"]] == [
        (c["interface"], c["id"], c["outcome"], c["judged"]) for c in whole["clauses"]
    ]
    assert [(c["scenario"], c["step"]) for c in merged["calls"]] == [(c["scenario"], c["step"]) for c in whole["calls"]]


def test_a_shard_is_no_certificate(runs: Path) -> None:
    said = greenroom("judge", "1.json", cwd=runs)

    assert said.code == 0
    assert "HOLDS (selection, no certificate)" in said.out
    assert read(runs / "whole.json")["selection"]["shards"] == []


def test_missing_shards_are_said(runs: Path) -> None:
    said = greenroom("merge", "2.json", cwd=runs)

    assert said.code == 2
    assert "shards are missing: 1/2" in said.err


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": {"digest": "0" * 64}}, "its digest is"),
        ({"target": {"runtime": "Python 2.7"}}, "its runtime is Python 2.7, not"),
        ({"greenroom": "0.0.1"}, "its greenroom is 0.0.1, not"),
        ({"seed": 4}, "its seed is 4, not"),
        ({"selection": {"shards": ["2/3"]}}, "its number of shards is 3, not 2"),
        ({"selection": {"shards": ["1/2"]}}, "both hold shard 1/2; leave one out"),
        ({"selection": {"shards": []}}, "is no shard; use the reports of 'greenroom certify TARGET --shard K/N'"),
    ],
)
def test_what_is_not_of_one_run_is_refused(runs: Path, tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    other = read(runs / "2.json")
    for name, value in change.items():
        other[name] = {**other[name], **value} if isinstance(value, dict) else value
    (tmp_path / "2.json").write_text(json.dumps(other))
    said = greenroom("merge", str(runs / "1.json"), str(tmp_path / "2.json"))

    assert (said.code, said.out) == (2, "")
    assert reason in said.err


@pytest.mark.in_turn("shards of a fuzz")
def test_a_shard_of_a_fuzz_plays_the_same_stories_everywhere(fuzzes: Path) -> None:
    one, again, other = (read(fuzzes / f"{name}.json") for name in ("1", "again", "2"))

    assert (one["examples"], one["calls"], one["coverage"]) == (again["examples"], again["calls"], again["coverage"])
    assert one["coverage"] != other["coverage"]
    assert one["examples"] + other["examples"] == 12
    assert schemas.problem("fuzz", one) is None


@pytest.mark.in_turn("shards of a fuzz")
def test_the_shards_of_a_fuzz_are_put_together(fuzzes: Path) -> None:
    said = greenroom("merge", "1.json", "2.json", "--report", "merged.json", cwd=fuzzes)
    one, other, merged = (read(fuzzes / f"{name}.json") for name in ("1", "2", "merged"))

    assert (said.code, said.err) == (0, "")
    assert "nothing found" in said.out
    assert (merged["calls"], merged["shards"]) == (one["calls"] + other["calls"], [])


@pytest.mark.in_turn
def test_a_story_that_a_shard_found_is_told(tmp_path: Path) -> None:
    words = ("--crm", "netsuite", "--examples", "400", "--seed", "1", "--shard", "2/2", "--report", "found.json")
    assert greenroom("fuzz", BROKEN, *words, cwd=tmp_path).code == 1
    said = greenroom("merge", "found.json", cwd=tmp_path)

    assert said.code == 1
    assert "BROKEN effect." in said.out
    assert "shards are missing: 1/2" in said.err


@pytest.mark.in_turn("shards of a fuzz")
def test_runs_and_fuzzes_are_not_put_together(runs: Path, fuzzes: Path) -> None:
    said = greenroom("merge", str(runs / "1.json"), str(fuzzes / "2.json"))

    assert said.code == 2
    assert "is no report" in said.err


def test_a_file_that_is_named_twice_is_refused(runs: Path) -> None:
    said = greenroom("merge", "1.json", "1.json", cwd=runs)

    assert (said.code, said.out) == (2, "")
    assert "is named twice" in said.err

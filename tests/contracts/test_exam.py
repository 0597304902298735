"""No connector recognises the exam: what it is asked about follows from a seed, and the seed from the connector."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.keep import kept_stories
from greenroom.contracts.fuzz.runner import fuzz
from greenroom.contracts.harness.testbed import judged as known
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.rejudge import differences, rejudge
from greenroom.contracts.run.seeding import drawn, seed_of, seeded
from greenroom.simulators import CRMS
from tests.catalogue import HERE, LONG, sample
from tests.contracts.runs import certificate

REFERENCE = HERE.parent / "connectors" / "reference"
REMEMBERS = HERE / "faulty" / "truth.success-is-backed.netsuite.remembers.py"
STORY = HERE.parent / "examples" / "stories" / "reinstated.json"


def asked(found: Certificate) -> list[Any]:
    """Return what a connector was asked about: ids, users, hosts, and where it sent its requests."""
    told = [(c["params"].get("appointmentId"), c["actor"]["person"], c["actor"]["host"]) for c in found.calls]
    return [*told, [e["request"]["path"] for c in found.calls for e in c["journal"]]]


def judged(found: Certificate) -> list[Any]:
    return [(v.clause.id, v.outcome) for v in found.verdicts]


@pytest.mark.in_turn(every=LONG)
@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_the_verdict_is_the_same_with_every_seed(crm: str) -> None:
    """And so is what was judged, and how: only what the connector is asked about differs. Two interfaces at a commit."""
    target, turn = str(REFERENCE / f"{crm}.py"), tuple(sample(known(CRMS[crm]), 2, LONG))
    found = [certificate(target, crm, seed=seed, interfaces=turn) for seed in (None, *sample([1, 0], 1, LONG))]

    assert {each.verdict for each in found} == {"certified"}
    assert all(judged(each) == judged(found[0]) for each in found)
    assert len({json.dumps(asked(each)) for each in found}) == len(found)
    assert found[0].seed == seed_of(parse(target))


@pytest.mark.in_turn
def test_the_same_seed_asks_the_same() -> None:
    target = str(REFERENCE / "clio.py")
    one, two = (certificate(target, "clio", "runtime", seed=42) for _ in range(2))

    assert asked(one) == asked(two)
    assert [call["subject"] for call in one.calls] == [call["subject"] for call in two.calls]


def test_the_seed_follows_from_what_the_file_holds(tmp_path: Path) -> None:
    """The same connector has the same exam wherever it lies, and a changed one another."""
    copy, changed = tmp_path / "copy.py", tmp_path / "changed.py"
    shutil.copy(REFERENCE / "clio.py", copy)
    changed.write_bytes(copy.read_bytes() + b"\n# changed\n")
    seeds = [seed_of(parse(str(path))) for path in (REFERENCE / "clio.py", copy, changed)]

    assert seeds[0] == seeds[1] != seeds[2]
    assert all(0 < seed < 10**9 for seed in seeds)


def test_a_module_has_the_seed_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is installed somewhere is known by its name."""
    (tmp_path / "ours").mkdir()
    shutil.copy(REFERENCE / "clio.py", tmp_path / "ours" / "clio.py")
    monkeypatch.chdir(tmp_path)

    assert seed_of(parse("ours.clio")) == seed_of(parse(str(REFERENCE / "clio.py")))
    assert seed_of(parse("json.tool")) == seed_of(parse("json.tool")) != seed_of(parse("json.decoder"))


def test_a_seed_that_is_given_counts() -> None:
    run_config = RunConfig(str(REFERENCE / "clio.py"), "clio", seed=0)

    assert seeded(run_config).seed == 0
    assert len({drawn() for _ in range(20)}) == 20


def test_a_stored_report_is_judged_again_the_same() -> None:
    found = certificate(str(REFERENCE / "netsuite.py"), "netsuite", "runtime")
    report = json.loads(json.dumps(found.report()))

    assert differences(report, rejudge(report)) == []
    assert rejudge(report).seed == found.seed


def config(folder: Path, seed: int | None) -> FuzzConfig:
    return FuzzConfig(
        RunConfig(str(REMEMBERS), "netsuite", seed=seed), examples=200, steps=6, folder=folder, shrinking=1.0
    )


@pytest.mark.in_turn(every=LONG)
def test_a_kept_story_is_played_with_the_seed_that_it_was_found_with(tmp_path: Path) -> None:
    """One from before, that has none of its own, with the friendly ids."""
    result = fuzz(config(tmp_path, None))
    (place, story), *_ = kept_stories(config(tmp_path, None))
    again = fuzz(config(tmp_path, 99))
    place.write_text(STORY.read_text("utf-8"), "utf-8")
    friendly = fuzz(config(tmp_path, None))

    assert story.run["seed"] == result.seed == seed_of(parse(str(REMEMBERS)))
    assert again.seed == 99
    assert [found.story.run["seed"] for found in again.found] == [result.seed]
    assert [found.story.run["seed"] for found in friendly.found] == [0]

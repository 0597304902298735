"""A CRM of another package, of another kind: opaque ids, tombstones, ETags. It gets every clause."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.catalogue import LONG
from tests.once import Once
from tests.plugins import EXAMPLE, Installed, example
from tests.shown import compare

MOST_LINES = 200
CONNECTOR = "tidepool/connector.py"
GUIDE = (EXAMPLE.parents[1] / "docs" / "guides" / "add-a-crm.md").read_text("utf-8")


@pytest.fixture(scope="module")
def tidepool(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return example(once, tmp_path_factory.mktemp("plugin") / "tidepool")


def test_it_costs_two_hundred_lines_with_its_connector() -> None:
    files = [EXAMPLE / "connector.py", *(EXAMPLE / "tidepool").glob("*.py")]

    assert len(files) == 3
    assert sum(len(file.read_text("utf-8").splitlines()) for file in files) <= MOST_LINES


def shown(*words: str) -> list[list[str]]:
    """Return what the guide shows of a command, each time that it does."""
    blocks = re.findall(r"```console\n\$ (.*?)```", GUIDE, re.DOTALL)
    return [block.splitlines()[1:] for block in blocks if block.splitlines()[0] == " ".join(("greenroom", *words))]


@pytest.mark.in_turn(every=LONG)
def test_its_connector_is_certified_and_gets_no_advice(tidepool: Installed) -> None:
    said = tidepool.greenroom("certify", CONNECTOR, "--crm", "tidepool", "--report", "report.json")
    report = json.loads((tidepool.source.parent / "report.json").read_text("utf-8"))

    assert (said.code, said.err) == (0, "")
    assert report["reached"] == "resilient"
    assert {each["outcome"] for each in report["clauses"]} <= {"passed", "skipped"}
    compare(shown("certify", CONNECTOR, "--crm", "tidepool")[1], said.out.splitlines())


@pytest.mark.in_turn("a CRM of another package")
def test_one_that_takes_a_lost_response_for_a_success_is_refused(tidepool: Installed) -> None:
    good = (tidepool.source / "connector.py").read_text("utf-8")
    (tidepool.source / "broken.py").write_text(good.replace("status == 204 or", "status in (204, None) or"))
    words = ("certify", "tidepool/broken.py", "--crm", "tidepool", "--scenario", "lost-requests")
    said = tidepool.greenroom(*words)

    assert said.code == 1
    assert "repeat: greenroom certify tidepool/broken.py --crm tidepool" in said.out
    compare(shown(*words)[0], said.out.splitlines())


@pytest.mark.in_turn("a CRM of another package")
def test_stories_of_its_connector_hold(tidepool: Installed) -> None:
    said = tidepool.greenroom("fuzz", CONNECTOR, "--crm", "tidepool", "--examples", "5", "--seed", "3")

    assert said.code == 0, said.out + said.err


@pytest.mark.in_turn("a CRM of another package")
def test_its_own_tests_pass(tidepool: Installed) -> None:
    said = tidepool.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tidepool/test_tidepool.py")

    assert said.code == 0, said.out


@pytest.mark.in_turn("a CRM of another package")
def test_the_guide_shows_the_contradiction_as_it_is(tidepool: Installed, tmp_path: Path) -> None:
    change, _ = CONTRADICTIONS["a meaning that there is not"]
    odd = tidepool.changed(tmp_path / "site", "tidepool/facts.py", *change)
    said = odd.greenroom("certify", CONNECTOR, "--crm", "tidepool")

    compare(shown("certify", CONNECTOR, "--crm", "tidepool")[0], said.err.splitlines())


CONTRADICTIONS = {
    "a meaning that there is not": (
        ('Text("title", "title",', 'Text("title", "subject",'),
        "DeclarationError: field 'title' means 'subject'; use one of: title,",
    ),
    "a cancellation of a field that there is not": (
        ('Tombstoned(field="status"', 'Tombstoned(field="state"'),
        "tidepool: cancellation: there is no field 'state'",
    ),
    "ids that do not match their pattern": (
        ('Opaque("r8vq03ntkd41mb70"', 'Opaque("X"'),
        "ids: 'X' does not match the pattern [a-v0-9]{5,64}",
    ),
    "a route without a row of the ledger": (
        ('_fact("POST makes an event", "etags", "POST /v1/events"),', ""),
        "tidepool: ledger: no row speaks of POST /v1/events",
    ),
}


@pytest.mark.in_turn("a CRM of another package")
@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_one_sentence_that_names_the_row(name: str, tidepool: Installed, tmp_path: Path) -> None:
    change, sentence = CONTRADICTIONS[name]
    odd = tidepool.changed(tmp_path / "site", "tidepool/facts.py", *change)
    said = odd.greenroom("certify", CONNECTOR, "--crm", "tidepool")

    assert said.code == 2
    assert said.err.startswith("greenroom: the CRM 'tidepool' of greenroom-tidepool (tidepool:CRM) does not load: ")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.in_turn("a CRM of another package")
def test_one_that_does_not_load_is_named_and_the_others_serve(tidepool: Installed, tmp_path: Path) -> None:
    odd = tidepool.changed(
        tmp_path / "site", "tidepool/facts.py", "from greenroom", "import no_such_thing\nfrom greenroom"
    )
    said = odd.greenroom("serve", "--help")

    assert said.code == 0
    assert "clio: rate-limit" in said.out
    assert [line[:33] for line in said.err.splitlines()] == ["greenroom: the CRM 'tidepool' of "]
    assert "No module named 'no_such_thing'" in said.err

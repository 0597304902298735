"""``greenroom new-crm``: what it writes runs at once, and it writes over nothing."""

import sys
from pathlib import Path

import pytest

from tests.greenroom.shell import greenroom
from tests.plugins import EXAMPLE, install

GUIDE = EXAMPLE.parents[1] / "docs" / "guides" / "add-a-crm.md"


@pytest.mark.in_turn
def test_what_it_writes_runs_at_once(tmp_path: Path) -> None:
    said = greenroom("new-crm", "acme", cwd=tmp_path)
    assert (said.code, said.err) == (0, "")
    shown = GUIDE.read_text("utf-8").split("$ greenroom new-crm tidepool\n")[1].split("```")[0]
    assert said.out == shown.replace("tidepool", "acme")

    acme = install(tmp_path / "acme", tmp_path / "site")
    certified = acme.greenroom("certify", "acme/connector.py", "--crm", "acme", "--scenario", "plain")
    tested = acme.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "acme/test_acme.py")

    assert (certified.code, certified.err) == (0, "")
    assert tested.code == 0, tested.out


def test_nothing_of_the_sample_is_left(tmp_path: Path) -> None:
    greenroom("new-crm", "acme", cwd=tmp_path)
    written = [path for path in (tmp_path / "acme").rglob("*") if path.is_file()]

    assert sorted(str(path.relative_to(tmp_path / "acme")) for path in written) == [
        *("README.md", "acme/__init__.py", "acme/facts.py", "connector.py", "pyproject.toml", "test_acme.py"),
    ]
    assert not [path for path in written if "tidepool" in path.read_text("utf-8").lower()]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("there", "'there' exists already; use another name, or move it away"),
        ("A-b", "'A-b' cannot be the name of a CRM; use 2 to 30 small letters and digits, such as 'acme'"),
        ("../up", "'../up' cannot be the name of a CRM"),
        ("class", "'class' cannot be the name of a CRM"),
        ("", "'' cannot be the name of a CRM"),
        ("clio", "Greenroom has a CRM 'clio' already; use another name"),
        ("json", "Python has a module 'json' already; use another name"),
        ("connector", "Python has a module 'connector' already; use another name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_one_sentence(name: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    said = greenroom("new-crm", name, cwd=tmp_path)

    assert said.code == 2
    assert said.err.startswith(f"greenroom: {sentence}")
    assert len(said.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["there"]

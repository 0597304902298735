"""``greenroom init``: what it writes is certified as it is, in every language, for every CRM; it writes over nothing."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from greenroom.simulators import CRMS
from greenroom.starters.languages import LANGUAGES
from tests.catalogue import HERE, LONG, NEEDS_NODE, sample
from tests.greenroom.shell import Said, greenroom
from tests.once import Once
from tests.plugins import Installed, example
from tests.shown import check

NAMED = {"javascript": "{}.js", "typescript": "{}.ts", "python": "{}_connector.py"}
BRIEF = ("plain", "absent", "cancelled-by-me", "lost-answers", "odd-ids", "missing-token")
GUIDE = HERE.parent / "docs" / "guides" / "start-a-connector.md"
PAIRS = [(crm, language) for language in LANGUAGES for crm in CRMS]


def cases(pairs: list[tuple[str, str]]) -> list[object]:
    return [pytest.param(*pair, marks=[] if pair[1] == "python" else [NEEDS_NODE]) for pair in pairs]


def started(folder: Path, crm: str, language: str) -> list[str]:
    """Write a starter and return the first command that is named then, which certifies it."""
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    said = greenroom("init", "--crm", crm, "--language", language, cwd=folder)
    assert (said.code, said.err) == (0, "")
    return shlex.split(said.out.splitlines()[1])[1:]


def certified(said: Said, file: str, verdict: str = "CERTIFIED") -> bool:
    return said.code == 0 and "advice" not in said.out and f"\n{verdict} {file}\n" in said.out


@pytest.mark.parametrize(("crm", "language"), cases(sample(PAIRS, 1)))
def test_a_starter_keeps_its_promises_without_advice(crm: str, language: str, tmp_path: Path) -> None:
    command = started(tmp_path, crm, language)
    selected = (word for scenario in BRIEF for word in ("--scenario", scenario))
    said = greenroom(*command, *selected, "--quiet", cwd=tmp_path)

    assert command[1] == NAMED[language].format(crm)
    assert certified(said, command[1], "HOLDS (selection, no certificate)"), said.out + said.err


@pytest.mark.in_turn(every=LONG)
@pytest.mark.parametrize(("crm", "language"), cases(PAIRS))
def test_a_starter_is_certified_resilient_as_it_is(crm: str, language: str, tmp_path: Path) -> None:
    said = greenroom(*started(tmp_path, crm, language), "--quiet", cwd=tmp_path)

    assert certified(said, NAMED[language].format(crm)), said.out + said.err
    assert "level reached: resilient" in said.out


def test_the_guide_shows_what_is_said(tmp_path: Path) -> None:
    check(re.findall(r"```console\n\$ (greenroom init.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[0], tmp_path)


@pytest.fixture(scope="module")
def plugin(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return example(once, tmp_path_factory.mktemp("plugin") / "package")


@pytest.mark.in_turn("a CRM of another package")
def test_the_crm_of_another_package_has_a_starter(plugin: Installed) -> None:
    """Its declarations are enough. Python finds the package, although the connector stands beside its tests."""
    wrote = plugin.greenroom("init", "mine", "--crm", "tidepool", "--language", "python")
    said = plugin.greenroom("certify", "mine/tidepool_connector.py", "--crm", "tidepool", "--quiet")
    tested = plugin.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "plain", "mine")

    assert (wrote.code, wrote.err) == (0, "")
    assert certified(said, "mine/tidepool_connector.py"), said.out + said.err
    assert tested.code == 0, tested.out


@pytest.mark.in_turn("a CRM of another package")
def test_a_crm_without_a_starter_is_told(plugin: Installed, tmp_path: Path) -> None:
    bare = plugin.changed(tmp_path / "site", "tidepool/__init__.py", "SURFACE)", "SURFACE, starter=None)")
    said = bare.greenroom("init", str(tmp_path / "mine"), "--crm", "tidepool")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "greenroom: there is no starter for 'tidepool': its package declares none (Crm.starter); write the connector "
        "yourself, or begin with 'greenroom init' for another CRM\n"
    )
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("there", ["clio.js", "clio.test.js"])
def test_no_file_is_written_over(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_text("mine")
    said = greenroom("init", "--crm", "clio", cwd=tmp_path)

    assert (said.code, said.out) == (2, "")
    assert said.err == f"greenroom: '{there}' exists already; name another folder, or move it away\n"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(there, "mine")]


def test_a_folder_is_made(tmp_path: Path) -> None:
    said = greenroom("init", "src/my connectors", "--crm", "clio", "--language", "typescript", cwd=tmp_path)
    file = "src/my connectors/clio.ts"

    assert said.out.splitlines() == [
        f"{file} offers cancelAppointment; src/my connectors/clio.test.ts tests it. Next:",
        f'  greenroom certify "{file}" --crm clio --runtime "node --import tsx"',
        '  node --import tsx --test "src/my connectors/clio.test.ts"  # needs the npm packages greenroom and tsx',
    ]
    assert (tmp_path / file).is_file()


def test_a_package_of_modules_gets_a_commonjs_file(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    greenroom("init", "src", "--crm", "clio", cwd=tmp_path)

    assert {path.name for path in (tmp_path / "src").iterdir()} == {"clio.cjs", "clio.test.cjs"}
    assert "require('./clio.cjs')" in (tmp_path / "src" / "clio.test.cjs").read_text()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--crm", "cleo"), "unknown CRM 'cleo'; did you mean 'clio'?"),
        (("--crm", "clio", "--interface", "cancelApointment"), "no interface 'cancelApointment'; did you mean 'cancelAppointment'?"),
        (
            ("--crm", "clio", "--interface", "listAppointments"),
            "there is no starter for 'listAppointments' yet; use --interface cancelAppointment, and add the others to what it writes",
        ),
        (("--crm", "clio", "--interface", "all"), "there is no starter for 'all' yet; use --interface cancelAppointment"),
        (("--crm", "clio", "--language", "ruby"), "Invalid value for '--language': 'ruby' is not one of"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_told_in_one_sentence(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    said = greenroom("init", *words, cwd=tmp_path)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"greenroom: {sentence}")
    assert not list(tmp_path.iterdir())

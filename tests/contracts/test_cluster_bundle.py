"""The connector's folder as it travels: what belongs to it, known by its contents, the same on the other side."""

from pathlib import Path

import pytest

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.cluster.bundle import folder_of, inside, pack, unpack
from greenroom.contracts.cluster.player import PrepareError, ready
from greenroom.contracts.errors import ConfigError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home" / "project"
    for name in ("src/c.cjs", "package.json", "node_modules/axios/index.js", ".git/config", "src/__pycache__/c.pyc"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
    (place / "src" / "run.sh").write_text("true")
    (place / "src" / "run.sh").chmod(0o755)
    (place / "node_modules" / "linked").symlink_to("axios")
    monkeypatch.chdir(place)
    return place


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_the_folder_is_the_same_on_the_other_side(project: Path, tmp_path: Path) -> None:
    unpack(pack([project]).packed, tmp_path / "there")
    there = tmp_path / "there" / inside(project)

    assert files(there) == {"src/c.cjs", "src/run.sh", "package.json", "node_modules/axios/index.js"}
    assert (there / "node_modules" / "linked" / "index.js").read_text() == "node_modules/axios/index.js"
    assert (there / "src" / "run.sh").stat().st_mode & 0o777 == 0o755


def test_what_is_prepared_there_stays_at_home(project: Path, tmp_path: Path) -> None:
    unpack(pack([project], "npm ci").packed, tmp_path / "there")

    assert files(tmp_path / "there" / inside(project)) == {"src/c.cjs", "src/run.sh", "package.json"}


def test_the_digest_follows_from_the_contents(project: Path) -> None:
    before = pack([project]).digest
    (project / "package.json").touch()
    same, prepared = pack([project]).digest, pack([project], "true").digest
    (project / "package.json").write_text("changed")

    assert before == same
    assert len({before, prepared, pack([project]).digest}) == 3


def test_a_folder_that_is_too_large_is_refused(project: Path) -> None:
    with pytest.raises(ConfigError, match=r"0 MB travel at most; name a smaller one with --folder, or let --prepare"):
        pack([project], largest=3)


def test_a_folder_that_is_not_there_is_refused(project: Path) -> None:
    with pytest.raises(ConfigError, match=r"no folder at .*gone: check --folder"):
        pack([project / "gone"])


def test_the_folder_of_a_connector(project: Path, tmp_path: Path) -> None:
    """That of its package, else that of its file; nothing above the working directory."""
    (tmp_path / "home" / "package.json").write_text("{}")
    (project / "alone.py").write_text("")
    package = parse("src/c.cjs")
    (project / "shop").mkdir()
    (project / "shop" / "connector.py").write_text("")

    assert folder_of(package) == project
    assert folder_of(parse("shop.connector")) == project / "shop"
    assert folder_of(parse("alone")) == project
    assert folder_of(parse("requests.api")) is None
    (project / "package.json").unlink()
    assert folder_of(package) == project / "src"


def test_the_folder_is_prepared_once(project: Path, tmp_path: Path) -> None:
    ready(pack([project], "echo made >> made.txt"), tmp_path)

    assert [path.read_text() for path in tmp_path.rglob("made.txt")] == ["made\n"]


def test_a_failing_preparation_is_told_with_its_output(project: Path, tmp_path: Path) -> None:
    with pytest.raises(PrepareError, match=r"--prepare 'echo no network; false' ended with exit code 1\nno network"):
        ready(pack([project], "echo no network; false"), tmp_path)

"""How targets are named."""

from pathlib import Path

import pytest

from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import TargetError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clio.py").write_text("x = 1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "module", "attribute"),
    [
        ("clio.py", None, None),
        ("./clio.py", None, None),
        ("clio.py:Connector", None, "Connector"),
        ("clio.py:inner.make", None, "inner.make"),
        ("package.module", "package.module", None),
        ("package.module:Connector", "package.module", "Connector"),
    ],
)
def test_targets_that_are_read(folder: Path, text: str, module: str | None, attribute: str | None) -> None:
    target = parse(text)

    assert (target.module, target.attribute) == (module, attribute)
    assert target.path == (None if module else folder / "clio.py")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("missing.py", "no connector at missing.py; beside it there are clio.py: check the path"),
        ("nowhere/clio.py", "no connector at nowhere/clio.py: check the path"),
        ("./clio.rb", "neither a connector's file"),
        ("clio.py:not-a-name", "'not-a-name' is not a name"),
        ("", "neither"),
        ("clio.py:", "'' is not a name"),
    ],
)
def test_targets_that_are_refused(folder: Path, text: str, hint: str) -> None:
    with pytest.raises(TargetError, match=hint.replace("(", r"\(")):
        parse(text)


def test_the_digest_is_of_the_file(folder: Path) -> None:
    before = parse("clio.py").digest
    (folder / "clio.py").write_text("x = 2")

    assert len(before) == 64
    assert parse("clio.py").digest != before

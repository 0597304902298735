"""The tutorial leads to a certificate: its files are written and its commands run as they stand on the page."""

import re
from pathlib import Path

import pytest

from tests.catalogue import LONG
from tests.shown import check

PAGE = Path(__file__).parents[1] / "docs" / "tutorial" / "first-certificate.md"
BLOCK = re.compile(r"```(python|console)\n(.*?)```", re.DOTALL)


@pytest.mark.in_turn(every=LONG)
def test_the_tutorial_works_from_top_to_bottom(tmp_path: Path) -> None:
    for kind, text in BLOCK.findall(PAGE.read_text("utf-8")):
        if kind == "python":
            (tmp_path / name(text)).write_text(text, "utf-8")
        else:
            check(text, tmp_path)

    assert (tmp_path / "certificate.html").is_file()


def name(text: str) -> str:
    """Return the name of a file, which is its first line."""
    return text.splitlines()[0].removeprefix("# ")

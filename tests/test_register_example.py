"""``examples/register``: a register with a product from a real run. It is true, and anyone can make it again."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.greenroom.shell import greenroom

REGISTER = Path(__file__).parents[1] / "examples" / "register"
PRODUCT = "Greenroom's reference connector for Clio"


def page(register: Path, place: Path) -> str:
    """Make the page of a register and return it."""
    said = greenroom("register", str(register), "--page", str(place))

    assert (said.code, said.out) == (0, f"TRUE {PRODUCT}\n"), "run `make docs`: what was judged has changed"
    return place.read_text("utf-8").replace("<wbr>", "")


def test_the_committed_product_is_true(tmp_path: Path) -> None:
    shown = page(REGISTER, tmp_path / "index.html")

    assert '<td data-label="verdict"><span class="tag passed">Certified</span></td>' in shown
    assert '<td data-label="level">runtime</td>' in shown
    assert "app-connect-1.7.41/2026-12" in shown


@pytest.mark.in_turn
def test_it_is_made_again_by_its_script(tmp_path: Path) -> None:
    """From PRODUCT.toml alone; where all is true already, nothing is made."""
    product = tmp_path / "products" / "clio-reference"
    product.mkdir(parents=True)
    shutil.copy(REGISTER / "clio-reference" / "PRODUCT.toml", product)
    make = [sys.executable, str(REGISTER / "make.py"), str(product.parent), "--if-stale"]
    subprocess.run(make, check=True, timeout=120)
    page(product.parent, tmp_path / "index.html")
    made = (product / "result.json").read_bytes()
    subprocess.run(make, check=True, timeout=120)

    assert (product / "result.json").read_bytes() == made
    assert {file.name for file in product.iterdir()} == {file.name for file in (REGISTER / "clio-reference").iterdir()}

"""``greenroom sign``, ``verify`` and ``register``: from a run to a page that anyone can check."""

import json
from pathlib import Path

import pytest

from tests.clones import GIT, Clone, cloned
from tests.greenroom.shell import greenroom

REFERENCE = Path(__file__).parents[2] / "connectors" / "reference"
PRODUCT = """
name = "Our <b>Clio</b>"
connector = "clio.py"
certificate = "result.intoto.json"
report = "result.json"
key = "our.key.pub"
reproduce = "greenroom certify clio.py --crm clio --level runtime --interface refreshAppointment"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with one product, certified and signed."""
    found = tmp_path_factory.mktemp("register") / "ours"
    found.mkdir()
    for file in REFERENCE.glob("clio*.py"):
        (found / file.name).write_bytes(file.read_bytes())
    run = "certify clio.py --crm clio --level runtime --interface refreshAppointment"
    said = greenroom(*run.split(), "--report", "result.json", "--report", "result.intoto.json", cwd=found)
    assert said.code == 0, said.err
    assert greenroom("sign", "--new-key", "our.key", cwd=found).code == 0
    assert greenroom("sign", "result.intoto.json", "--key", "our.key", cwd=found).code == 0
    (found / "PRODUCT.toml").write_text(PRODUCT)
    return found


def verify(folder: Path, report: str = "result.json", *more: str) -> tuple[int, str]:
    said = greenroom("verify", "result.intoto.json", "--report", report, *more, cwd=folder)
    return said.code, said.out


def test_a_signed_certificate_is_true(folder: Path) -> None:
    code, out = verify(folder, "result.json", "--key", "our.key.pub", "--connector", "clio.py")

    assert (code, out) == (0, "TRUE result.intoto.json: its report, judged again, says the same\n")


def test_without_a_key_it_says_that_no_signature_was_checked(folder: Path) -> None:
    code, out = verify(folder)

    assert code == 0
    assert "the signature was not checked" in out


def test_another_verdict_is_found(folder: Path, tmp_path: Path) -> None:
    report = json.loads((folder / "result.json").read_text())
    (tmp_path / "r.json").write_text(json.dumps({**report, "reached": "resilient"}, indent=2) + "\n")

    code, out = verify(folder, str(tmp_path / "r.json"), "--key", "our.key.pub")

    assert code == 1
    assert "its digest differs" in out
    assert "judged again, the calls give another report: reached" in out


def test_a_file_that_is_no_certificate_is_not_signed(folder: Path) -> None:
    said = greenroom("sign", "PRODUCT.toml", "--key", "our.key", cwd=folder)

    assert said.code == 2
    assert "'PRODUCT.toml' is no certificate" in said.err


def test_the_page_of_a_register_shows_what_was_verified(folder: Path, tmp_path: Path) -> None:
    said = greenroom("register", str(folder.parent), "--page", str(tmp_path / "index.html"))
    page = (tmp_path / "index.html").read_text("utf-8").replace("<wbr>", "")

    assert (said.code, said.out) == (0, "TRUE Our <b>Clio</b>\n")
    assert "Our &lt;b&gt;Clio&lt;/b&gt;" in page
    assert "app-connect-1.7.41/2026-12" in page
    assert '<td data-label="level">runtime</td>' in page


def test_an_entry_that_is_not_true_is_shown_as_such(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "products" / "theirs"
    other.mkdir(parents=True)
    for name in ("PRODUCT.toml", "result.intoto.json", "our.key.pub"):
        (other / name).write_bytes((folder / name).read_bytes())
    (other / "result.json").write_text((folder / "result.json").read_text() + " ")

    said = greenroom("register", str(other.parent), "--page", str(tmp_path / "index.html"))

    assert said.code == 1
    assert "not verified</span>" in (tmp_path / "index.html").read_text("utf-8")


def test_a_folder_without_products_is_no_register(tmp_path: Path) -> None:
    said = greenroom("register", str(tmp_path), "--page", str(tmp_path / "index.html"))

    assert said.code == 2
    assert "has no folder with a PRODUCT.toml" in said.err


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A clean clone in another folder, with what was certified here."""
    return cloned(tmp_path_factory.mktemp("elsewhere") / "a clone")


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of a reference connector where it stands in this repository."""
    found = tmp_path_factory.mktemp("certified")
    run = ("certify", "connectors/reference/clio.py", *RUN)
    said = greenroom(*run, *(f"--report={found / name}" for name in REPORTS), cwd=REFERENCE.parents[1])
    assert said.code == 0, said.err
    assert greenroom("sign", "--new-key", "our.key", cwd=found).code == 0
    assert greenroom("sign", "result.intoto.json", "--key", "our.key", cwd=found).code == 0
    return found


RUN = ("--crm", "clio", "--level", "runtime", "--interface", "refreshAppointment")
REPORTS = ("result.json", "result.intoto.json")


def verified(clone: Clone, certified: Path) -> tuple[int, str]:
    words = (str(certified / "result.intoto.json"), "--report", str(certified / "result.json"))
    said = clone.greenroom(
        "verify", *words, "--key", str(certified / "our.key.pub"), "--connector", "connectors/reference/clio.py"
    )
    return said.returncode, said.stdout + said.stderr


@pytest.mark.in_turn
@pytest.mark.skipif(GIT is None, reason="a clone needs git")
def test_a_certificate_made_here_is_true_in_another_clone(clone: Clone, certified: Path) -> None:
    code, out = verified(clone, certified)

    assert clone.origin() == str(clone.folder / ".names" / "greenroom" / "contracts" / "__init__.py")
    assert code == 0, out
    assert out.startswith("TRUE ")


@pytest.mark.in_turn
@pytest.mark.skipif(GIT is None, reason="a clone needs git")
@pytest.mark.parametrize(
    ("name", "what"), [("clio.py", "was changed"), ("clio_refresh.py", "was changed"), ("more.py", "is new")]
)
def test_it_is_not_true_where_the_connectors_file_differs(name: str, what: str, clone: Clone, certified: Path) -> None:
    file = clone.folder / "connectors" / "reference" / name
    before = file.read_bytes() if file.exists() else None
    file.write_bytes((before or b"") + b"# another line\n")
    try:
        code, out = verified(clone, certified)
    finally:
        file.unlink() if before is None else file.write_bytes(before)

    assert (code, out) == (1, f"WRONG the connector's file '{name}' {what} since it was certified\n")

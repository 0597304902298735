"""The connectors that judge the judge.

``faulty/<clause>.<crm>[.<variant>].py`` is right but for one plausible bug, which its clause must catch;
``correct/<crm>.<style>.py`` is right in a style of its own, and no clause may catch it.
"""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Specimen:
    """One connector: its file, its CRM, and the clause that it must break (None: it is correct)."""

    path: Path
    crm: str
    clause: str | None
    attribute: str = ""

    @property
    def target(self) -> str:
        """How the command line would name it."""
        return f"{self.path}:{self.attribute}" if self.attribute else str(self.path)

    @property
    def story(self) -> str:
        """The first line of its docstring: the bug, or the style."""
        return self.path.read_text("utf-8").splitlines()[0].strip('"')


def faulty() -> list[Specimen]:
    """Return the faulty connectors."""
    found = []
    for path in sorted((HERE / "faulty").glob("*.*.*.py")):
        family, name, crm, *_ = path.stem.split(".")
        found.append(Specimen(path, crm, f"{family}.{name}"))
    return found


ATTRIBUTES = {"clio.async_httpx": "Connector", "netsuite.spellings": "create"}


def correct() -> list[Specimen]:
    """Return the correct connectors, the reference ones among them."""
    reference = HERE.parent / "connectors" / "reference"
    found = [Specimen(reference / f"{crm}.py", crm, None) for crm in ("clio", "netsuite")]
    styles = sorted((HERE / "correct").glob("*.*.py"))
    return found + [Specimen(p, p.stem.split(".")[0], None, ATTRIBUTES.get(p.stem, "")) for p in styles]

"""The house: arrows that only go down, sizes, and names that fall where they should."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("greenroom", "contracts", "connectors", "simulators")
FILES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py") if p.name != "sitecustomize.py")
ANY_CRM = ("simulators.clio", "simulators.netsuite")

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "greenroom": ("greenroom", "contracts", "connectors", "simulators"),
    "contracts.run": ("contracts", "connectors", "simulators"),
    "contracts.fuzz": ("contracts", "connectors", "simulators"),
    "contracts.reports": ("contracts",),
    "contracts.scenarios": ("contracts", "connectors.bridges", "simulators.core"),
    "contracts.harness": ("contracts", "connectors.bridges", "simulators.core"),
    "contracts.errors": (),
    "contracts.clauses": ("contracts.clauses", "contracts.schemas", "contracts.interfaces"),
    "contracts.schemas": (),
    "contracts.interfaces": (),
    "contracts": (),
    "connectors.bridges.workers": (),
    "connectors.bridges": ("connectors.bridges", "connectors.errors"),
    "connectors.reference": ("connectors.interface",),
    "connectors": (),
    "simulators.core": ("simulators.core",),
    "simulators.clio": ("simulators.clio", "simulators.core"),
    "simulators.netsuite": ("simulators.netsuite", "simulators.core"),
    "simulators": ("simulators",),
}
"""Which of our modules a place may import; the longest matching row counts."""

MUST_NOT: dict[str, tuple[str, ...]] = {
    "greenroom.panel": ("greenroom.cli", "greenroom.api", "contracts.fuzz", "contracts.reports"),
    "contracts.run": ("contracts.reports", "contracts.fuzz"),
    "contracts.fuzz": ("contracts.reports",),
    "contracts.scenarios": ("contracts.run", "contracts.reports", "contracts.fuzz"),
    "contracts.harness": ("contracts.scenarios", "contracts.run", "contracts.reports", "contracts.fuzz"),
    "simulators.clio.rules": ("flask",),
    "simulators.netsuite.rules": ("flask",),
}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports; ours without the leading ``greenroom.`` of their installed names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {short(name) for name in found}


def short(name: str) -> str:
    head, _, tail = name.partition(".")
    return tail if head == "greenroom" and tail.split(".")[0] in FOLDERS[1:] else name


def under(name: str, place: str) -> bool:
    return name == place or name.startswith(place + ".")


@pytest.mark.parametrize("path", FILES, ids=module)
def test_arrows_only_go_down(path: Path) -> None:
    place = max((row for row in MAY_IMPORT if under(module(path), row)), key=len)
    ours = {name for name in imports(path) if name.split(".")[0] in FOLDERS}
    strangers = {name for name in ours if not any(under(name, row) for row in (*MAY_IMPORT[place], *own(path)))}
    forbidden = [row for key, rows in MUST_NOT.items() if under(module(path), key) for row in rows]

    assert strangers == set()
    assert {name for name in imports(path) for row in forbidden if under(name, row)} == set()


def own(path: Path) -> list[str]:
    """A package's ``__init__`` may import its children."""
    return [module(path)] if path.name == "__init__.py" else []


@pytest.mark.parametrize("path", FILES, ids=module)
def test_no_import_inside_a_function(path: Path) -> None:
    functions = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)]
    inside = [n for f in functions for n in ast.walk(f) if isinstance(n, (ast.Import, ast.ImportFrom))]

    assert inside == []


@pytest.mark.parametrize("path", FILES, ids=module)
def test_sizes(path: Path) -> None:
    """Files below 400 lines, no function above 60."""
    text = path.read_text("utf-8")
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]

    assert text.count("\n") < 400
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


SCRIPTS = sorted(p for folder in ("greenroom", "simulators") for p in (ROOT / folder).rglob("pages/*.*"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_sizes_of_pages(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") < 400


def test_most_functions_are_small() -> None:
    """Half of all functions have at most ten lines, nine in ten at most twenty-five."""
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )

    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 25


@pytest.mark.parametrize("crm", ["clio", "netsuite"])
def test_every_crm_has_the_same_files(crm: str) -> None:
    known = {"__init__", "profile", "routes", "rules", "records", "render", "errors", "seed", "sample", "ledger"}
    known.add("openapi")

    assert known <= {path.stem for path in (ROOT / "simulators" / crm).glob("*.py")}


def test_every_row_of_the_table_names_a_place() -> None:
    """A row for a place that is gone would hold nothing."""
    for row in (*MAY_IMPORT, *MUST_NOT):
        place = ROOT.joinpath(*row.split("."))
        assert place.is_dir() or place.with_suffix(".py").is_file(), row

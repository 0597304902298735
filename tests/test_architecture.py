"""The house: arrows that only go down and no import cycle, sizes, and names that fall where they should."""

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from greenroom.simulators.core.cancellation import Flagged, Tombstoned, Transitioned

ROOT = Path(__file__).parents[1]
FOLDERS = ("greenroom", "contracts", "connectors", "simulators")
FILES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py") if p.name != "sitecustomize.py")
ANY_CRM = ("simulators.clio", "simulators.netsuite", "simulators.bullhorn")

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "greenroom": ("greenroom", "contracts", "connectors", "simulators"),
    "contracts.run": ("contracts", "connectors", "simulators"),
    "contracts.fuzz": ("contracts", "connectors", "simulators"),
    "contracts.cluster": ("contracts", "connectors"),
    "contracts.campaign": ("contracts", "connectors", "simulators"),
    "contracts.reports": ("contracts",),
    "contracts.scenarios": ("contracts", "connectors.bridges", "simulators.core"),
    "contracts.harness": ("contracts", "connectors.bridges", "simulators.core"),
    "contracts.errors": (),
    "contracts.sets": ("contracts",),
    "contracts.probing": ("contracts", "simulators.core"),
    "contracts.attestation": ("contracts", "connectors.bridges"),
    "contracts.clauses": ("contracts.clauses", "contracts.schemas", "contracts.interfaces"),
    "contracts.schemas": (),
    "contracts.interfaces": ("contracts.interfaces",),
    "contracts": (),
    "connectors.bridges.workers": (),
    "connectors.bridges": ("connectors.bridges", "connectors.errors"),
    "connectors.reference": (),
    "connectors": (),
    "simulators.core": ("simulators.core",),
    "simulators.clio": ("simulators.clio", "simulators.core"),
    "simulators.netsuite": ("simulators.netsuite", "simulators.core"),
    "simulators.bullhorn": ("simulators.bullhorn", "simulators.core"),
    "simulators": ("simulators",),
}
"""Which of our modules a place may import; the longest matching row counts."""

MUST_NOT: dict[str, tuple[str, ...]] = {
    "greenroom.panel": ("greenroom.cli", "greenroom.api", "contracts.fuzz", "contracts.reports"),
    "contracts.run": ("contracts.reports", "contracts.fuzz", "contracts.cluster", "contracts.campaign"),
    "contracts.fuzz": ("contracts.reports", "contracts.cluster", "contracts.campaign"),
    "contracts.cluster": ("contracts.reports", "contracts.campaign"),
    "contracts.campaign": ("contracts.reports",),
    "contracts.scenarios": ("contracts.run", "contracts.reports", "contracts.fuzz"),
    "contracts.harness": ("contracts.scenarios", "contracts.run", "contracts.reports", "contracts.fuzz"),
    "simulators.clio.rules": ("flask",),
    "simulators.netsuite.rules": ("flask",),
    "simulators.bullhorn.rules": ("flask",),
}


def module(path: Path, root: Path = ROOT) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all that a file says; each file is parsed once."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes(path) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


@cache
def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, for type checking too; ours without the leading ``greenroom.``."""
    found: set[str] = set()
    for node in nodes(path):
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


def guilty(found: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """Return what was found in each file, where it is anything. One test for all files: they are parsed once."""
    return {module(path): sorted(what) for path in FILES if (what := set(found(path)))}


def test_arrows_only_go_down() -> None:
    assert guilty(strangers) == {}
    assert guilty(forbidden) == {}


def strangers(path: Path) -> set[str]:
    """Return what of ours a file imports though no row lets its place do so."""
    place = max((row for row in MAY_IMPORT if under(module(path), row)), key=len)
    ours = {name for name in imports(path) if name.split(".")[0] in FOLDERS}
    return {name for name in ours if not any(under(name, row) for row in (*MAY_IMPORT[place], *own(path)))}


def forbidden(path: Path) -> set[str]:
    """Return what a file imports though a row forbids it."""
    rows = [row for key, rows in MUST_NOT.items() if under(module(path), key) for row in rows]
    return {name for name in imports(path) for row in rows if under(name, row)}


def own(path: Path) -> list[str]:
    """A package's ``__init__`` may import its children."""
    return [module(path)] if path.name == "__init__.py" else []


def test_no_import_cycle() -> None:
    """Not even one for type checking: to understand one file of a cycle, a reader needs them all."""
    cycle = import_cycle(FILES, ROOT)

    assert cycle is None


PLANTED = {
    "two modules": (
        "contracts.a -> contracts.b -> contracts.a",
        {"contracts/a.py": "from greenroom.contracts import b"},
    ),
    "for type checking": (
        "contracts.a -> contracts.b -> contracts.a",
        {
            "contracts/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from greenroom.contracts.b import B"
        },
    ),
    "by a package that runs first": (
        "contracts.a -> contracts.p -> contracts.p.row -> contracts.b -> contracts.a",
        {
            "contracts/a.py": "from greenroom.contracts.p.low import X",
            "contracts/p/__init__.py": "from greenroom.contracts.p import row",
            "contracts/p/row.py": "import greenroom.contracts.b",
            "contracts/p/low.py": "",
        },
    ),
    "a package and its own module": (
        "contracts.p -> contracts.p.row -> contracts.p",
        {
            "contracts/p/__init__.py": "from greenroom.contracts.p.row import ROW",
            "contracts/p/row.py": "from greenroom.contracts.p import KIND",
        },
    ),
    "none": (
        None,
        {
            "contracts/a.py": "import json\nfrom greenroom.contracts.p import row",
            "contracts/p/__init__.py": "from greenroom.contracts.p.row import ROW",
            "contracts/p/row.py": "from greenroom.contracts.p.low import X",
            "contracts/p/low.py": "",
        },
    ),
}


@pytest.mark.parametrize(("cycle", "files"), PLANTED.values(), ids=PLANTED)
def test_a_planted_cycle_is_named(cycle: str | None, files: dict[str, str], tmp_path: Path) -> None:
    for name, text in {"contracts/b.py": "from greenroom.contracts.a import A", **files}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    assert import_cycle(tmp_path.rglob("*.py"), tmp_path) == (cycle and f"import cycle: {cycle}")


def import_cycle(files: Iterable[Path], root: Path) -> str | None:
    """Name a cycle, if there is one: each module in it imports the next."""
    try:
        TopologicalSorter(graph({module(path, root): imports(path) for path in sorted(files)})).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1][:0:-1]
        first = ring.index(min(ring))
        return f"import cycle: {' -> '.join([*ring[first:], *ring[: first + 1]])}"
    return None


def graph(imported: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return which modules have run before each one can."""
    return {name: sorted(runs_before(name, imported)) for name in imported}


def runs_before(name: str, imported: Mapping[str, set[str]]) -> set[str]:
    """Return what a module imports, and the packages around that: they run first."""
    found: set[str] = set()
    for each in imported[name]:
        parts = each.split(".")
        known = [place for end in range(len(parts)) if (place := ".".join(parts[: end + 1])) in imported]
        around = {place for place in known if not under(name, place)}  # packages around the module itself run anyway
        found |= around | set(known[-1:])
    return found - {name}


def test_no_fault_is_known_by_its_name() -> None:
    """A fault's own file says what others need to know of it (``Fault``)."""

    def compared(path: Path) -> set[str]:
        parts = [part for node in nodes(path) if isinstance(node, ast.Compare) for part in ast.walk(node)]
        return {text for part in parts if isinstance(part, ast.Attribute) for text in [ast.unparse(part)]}

    assert guilty(lambda path: {text for text in compared(path) if text.endswith("fault.name")}) == {}


def test_no_cancellation_is_known_by_its_name() -> None:
    """Whoever needs to know what cancelling does asks for facts (``Cancellation.facts``)."""
    families = {Transitioned.name, Flagged.name, Tombstoned.name}

    def named(path: Path) -> set[str]:
        judges = (
            module(path).startswith(("contracts.", "greenroom.")) and "skeleton" not in path.parts
        )  # declares its own
        texts = {str(node.value) for node in nodes(path) if isinstance(node, ast.Constant)}
        return texts & families if judges else set()

    assert guilty(named) == {}


def test_no_import_inside_a_function() -> None:
    def inside(path: Path) -> list[str]:
        found = [node for function in functions(path) for node in ast.walk(function)]
        return [ast.unparse(node) for node in found if isinstance(node, (ast.Import, ast.ImportFrom))]

    assert guilty(inside) == {}


def test_sizes() -> None:
    """Files below 400 lines, no function above 60."""
    long = {str(path) for path in (*FILES, *PAGES) if path.read_text("utf-8").count("\n") >= 400}

    assert long == set()
    assert guilty(lambda path: [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= 60]) == {}


PAGES = sorted(p for folder in ("greenroom", "simulators") for p in (ROOT / folder).rglob("pages/*.*"))


def test_most_functions_are_small() -> None:
    """Half of all functions have at most ten lines, nine in ten at most twenty-five."""
    lengths = sorted((f.end_lineno or 0) - f.lineno + 1 for path in FILES for f in functions(path))

    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 25


@pytest.mark.parametrize("crm", [name.partition(".")[2] for name in ANY_CRM])
def test_every_crm_has_the_same_files(crm: str) -> None:
    known = {"__init__", "profile", "routes", "rules", "records", "render", "errors", "seed", "sample", "ledger"}
    known.add("openapi")

    assert known <= {path.stem for path in (ROOT / "simulators" / crm).glob("*.py")}


def test_every_row_of_the_table_names_a_place() -> None:
    """A row for a place that is gone would hold nothing."""
    for row in (*MAY_IMPORT, *MUST_NOT):
        place = ROOT.joinpath(*row.split("."))
        assert place.is_dir() or place.with_suffix(".py").is_file(), row

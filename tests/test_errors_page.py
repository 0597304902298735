"""The page of errors holds: each wording on it is in the code, and each class of error is on it."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "guides" / "errors.md").read_text("utf-8")
SOURCES = [
    source
    for folder in ("greenroom", "contracts", "connectors", "simulators")
    for source in sorted((ROOT / folder).rglob("*.py"))
    if not {"workers", "reference", "skeleton"} & set(source.relative_to(ROOT).parts)
]
NOT_MET = {
    "BridgeError": "the base of the others",
    "BrokenPromiseError": "a broken promise in a fuzz: exit code 1",
}
GAP = "…"
"""Stands for a value, on the page and here."""


def texts(tree: ast.AST) -> set[str]:
    """Return all texts of a module, with gaps where values go."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr)]
    return {said(node) for node in nodes}


def said(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else GAP


@cache
def all_texts() -> set[str]:
    """Return the texts of all sources, which take seconds to read: no process does that only to find its tests."""
    found = {text for source in SOURCES for text in texts(ast.parse(source.read_text("utf-8")))}
    return {text.replace("{}", GAP) for text in found}


WORDINGS = [
    line for block in re.findall(r"^```text\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE) for line in block.splitlines()
]


def test_each_wording_is_in_the_code() -> None:
    """A gap of the page may stand for several pieces; a gap of the code may stand for any text."""
    assert [wording for wording in WORDINGS if not said_by_the_code(wording)] == []


def said_by_the_code(wording: str) -> bool:
    """Whether the words between the page's gaps come in this order in one text of the code."""
    words = [re.escape(piece.strip()) for piece in wording.split(GAP) if piece.strip(" :;'")]
    pattern = re.compile(".*".join(words), re.DOTALL)
    return bool(words) and any(pattern.search(text) for text in all_texts())


def test_each_class_of_error_is_on_the_page() -> None:
    """Errors of the simulators are left out: they are responses of a CRM, and no connector's user meets them here."""
    own = [source for source in SOURCES if source.relative_to(ROOT).parts[0] != "simulators"]
    trees = [ast.parse(source.read_text("utf-8")) for source in own]
    classes = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    errors = {name for name in classes if name.endswith("Error")}

    assert errors - set(NOT_MET) == set(re.findall(r"\(`(\w+Error)`\)", PAGE))
    assert set(NOT_MET) <= errors


def test_the_test_notices_a_wording_that_is_gone() -> None:
    assert not said_by_the_code("no connector at …: check the road")

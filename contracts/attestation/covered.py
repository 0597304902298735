"""The files that a certificate covers: what a connector can load from its own folder, and its lock file."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenroom.connectors.bridges.target import parse
from greenroom.contracts import schemas

CODE = [
    ".js",
    ".cjs",
    ".mjs",
    ".jsx",
    ".ts",
    ".cts",
    ".mts",
    ".tsx",
    ".py",
    ".pyi",
    ".json",
    ".node",
    ".wasm",
    ".so",
    ".pyd",
]
"""Suffixes of what Node and Python load."""
LOCKS = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "uv.lock",
    "poetry.lock",
    "requirements.txt",
]
"""Lock files. The nearest folder above the connector that has one holds its installed packages fixed."""
LEFT_OUT = ("node_modules", "__pycache__")
RULE = (
    "every source and JSON file below the connector's folder, loaded or not, without node_modules, virtual "
    "environments, hidden folders and Greenroom's own reports; and the nearest lock files"
)
ONE_FILE = "the connector's file: it was named as an installed module"


def covered(target: dict[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of each covered file by its path from the connector's folder, the connector's own first.

    What a connector loads is not watched: it could load a file on one day of the week only. A module that was named
    without a file has its own digest only.
    """
    path = parse(target["name"]).path
    return files(path) if path else {target["name"]: target["digest"]}


def rule(target: dict[str, Any]) -> str:
    """Return by what rule the files were chosen, in words."""
    return RULE if parse(target["name"]).path else ONE_FILE


def files(connector: Path) -> dict[str, str]:
    """Return the files of a connector's folder by path, with their digests."""
    folder = connector.resolve().parent
    found = {path.relative_to(folder).as_posix(): path for path in sorted(_sources(folder))}
    found |= {Path(os.path.relpath(path, folder)).as_posix(): path for path in _locks(folder)}
    first = connector.resolve().name
    return {name: sha256(found[name]) for name in sorted(found, key=lambda name: (name != first, name))}


def _sources(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if _entered(Path(place, each))]
        paths = (Path(place, name) for name in names)
        yield from (path for path in paths if path.suffix in CODE and path.is_file() and not _ours(path))


def _entered(folder: Path) -> bool:
    left_out = folder.name in LEFT_OUT or folder.name.startswith(".")
    return not left_out and not (folder / "pyvenv.cfg").exists()


def _ours(path: Path) -> bool:
    """Tell whether a file is a report or a certificate of Greenroom's: they are written beside connectors."""
    if path.suffix != ".json" or path.name.endswith(".intoto.json"):
        return path.name.endswith(".intoto.json")
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return schemas.problem("report", found) is None


def _locks(folder: Path) -> list[Path]:
    places = ([place / name for name in LOCKS if (place / name).is_file()] for place in (folder, *folder.parents))
    return next((found for found in places if found), [])


def sha256(path: Path) -> str:
    """Return a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

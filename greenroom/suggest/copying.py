"""A copy of a connector's project, in which a change can be tried."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SKIPPED = ("node_modules", ".git", ".venv", "venv", "__pycache__", ".greenroom")
ROOTS = ("package.json", "pyproject.toml")
"""Files that stand at the top of a project."""
MOST = 5000
"""Files of a project that is copied whole; of a larger one, the connector's folder is."""


@contextmanager
def copied(file: Path) -> Iterator[Path]:
    """Copy the project of a file, and return the file in the copy. Packages are linked, not copied."""
    root = next((each for each in file.parents if any((each / name).is_file() for name in ROOTS)), file.parent)
    root = root if _is_small(root) else file.parent
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        top = Path(folder, "copy")
        shutil.copytree(root, top, ignore=shutil.ignore_patterns(*SKIPPED), symlinks=True)
        packages = next(
            (each / "node_modules" for each in (root, *root.parents) if (each / "node_modules").is_dir()), None
        )
        if packages:
            (top / "node_modules").symlink_to(packages, target_is_directory=True)
        yield top / file.relative_to(root)


def _is_small(root: Path) -> bool:
    count = 0
    for _, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED]
        count += len(files)
        if count > MOST:
            return False
    return True

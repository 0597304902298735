"""The connector's folder on its way to workers: packed once, known by its digest, unpacked once on each worker."""

import hashlib
import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.connectors.bridges.target import Target
from greenroom.contracts.errors import ConfigError

PACKAGE = "package.json"
"""What marks the folder of a JavaScript package."""
NEVER = frozenset((".git", ".greenroom", "__pycache__"))
"""Folders that stay at home."""
MADE = frozenset(("node_modules", ".venv", "venv"))
"""Folders that stay at home if ``--prepare`` makes them anew."""
LARGEST = 256 * 1024 * 1024
"""Bytes of files that travel at most."""


@dataclass(frozen=True)
class Bundle:
    """Folders as one archive, where they were, and the command that makes them ready (empty: none).

    Below the root of the archive stands what stood below this machine's root.
    """

    packed: bytes
    folders: tuple[str, ...]
    cwd: str
    prepare: str = ""

    @property
    def digest(self) -> str:
        """What the contents are known by: the same contents are the same bytes."""
        parts = (self.packed, self.cwd.encode(), self.prepare.encode())
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def pack(folders: Iterable[Path], prepare: str = "", largest: int = LARGEST) -> Bundle:
    """Pack folders. Links stay links: what they lead to must travel, too.

    Raises:
        ConfigError: there is no such folder, or there is too much in them.

    """
    chosen = [folder.resolve() for folder in folders]
    if gone := next((folder for folder in chosen if not folder.is_dir()), None):
        raise ConfigError(f"no folder at {gone}: check --folder")
    home = NEVER | (MADE if prepare else frozenset())
    files = dict(sorted((file.as_posix(), file) for folder in chosen for file in _files(folder, home)))
    size = sum(file.lstat().st_size for file in files.values())
    if size > largest:
        raise ConfigError(
            f"the connector's folder has {size // 1024**2} MB, and {largest // 1024**2} MB travel at most; "
            "name a smaller one with --folder, or let --prepare 'npm ci' install its packages on the workers"
        )
    return Bundle(_packed(files.values()), tuple(map(str, chosen)), str(Path.cwd()), prepare)


def _packed(files: Iterable[Path]) -> bytes:
    """Return an archive. It has no times and no owners, so that only the contents count."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for file in files:
            entry = tarfile.TarInfo(inside(file).as_posix())
            if file.is_symlink():
                entry.type, entry.linkname = tarfile.SYMTYPE, file.readlink().as_posix()
                archive.addfile(entry)
                continue
            entry.size, entry.mode = file.stat().st_size, file.stat().st_mode & 0o777
            with file.open("rb") as content:
                archive.addfile(entry, content)
    return packed.getvalue()


def inside(path: Path) -> Path:
    """Return an absolute path as it is called below another root."""
    return path.relative_to(path.anchor)


def _files(folder: Path, home: frozenset[str]) -> Iterator[Path]:
    """Yield the files of a folder, and the links within it."""
    for path in sorted(folder.iterdir()):
        if path.name in home:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, home)
        elif path.is_file() or path.is_symlink():
            yield path


def unpack(packed: bytes, root: Path) -> None:
    """Unpack an archive below a root."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for entry in archive:
            path, content = root / entry.name, archive.extractfile(entry) if entry.isfile() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.symlink_to(entry.linkname)
                continue
            path.write_bytes(content.read())
            path.chmod(entry.mode)


def folder_of(target: Target) -> Path | None:
    """Return the folder that a connector needs: that of its package, where it has one in the working directory.

    Else it is the one of its file. Of a module it is the one of its outermost package; an installed one needs none.
    """
    here = Path.cwd()
    if target.path is None:
        name = (target.module or "").partition(".")[0]
        return here / name if (here / name).is_dir() else here if (here / f"{name}.py").is_file() else None
    above = [place for place in target.path.parents if place.is_relative_to(here)]
    return next((place for place in above if (place / PACKAGE).is_file()), target.path.parent)

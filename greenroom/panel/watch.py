"""Whether a connector's file, or one beside it, was changed."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from greenroom.connectors.bridges import LANGUAGES

BESIDE = (*LANGUAGES, ".json")
"""Suffixes of the files beside the connector's that are watched as well: what it may import."""


class Watch:
    """Remembers how the files looked, and tells whether they look otherwise now."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = self._look()

    def changed(self) -> bool:
        """Tell whether something changed since the last time that this was asked."""
        before, self._seen = self._seen, self._look()
        return self._seen != before

    def _look(self) -> Mapping[str, tuple[int, int]]:
        found = {}
        with contextlib.suppress(OSError):  # the folder itself went away
            for path in self._file.parent.iterdir():
                if path == self._file or path.suffix in BESIDE:
                    found[path.name] = _about(path)
        return found


def _about(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0  # an editor took it away for a moment
    return about.st_mtime_ns, about.st_size

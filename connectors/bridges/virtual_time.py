"""Virtual time: the clocks of a connector's process run faster, so that nobody waits for its time-outs.

It needs libfaketime (https://github.com/wolfcw/libfaketime), which a runtime loads before the C library. Linux and
macOS have it as a package; nothing else is needed.
"""

import math
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

CLEARLY = 0.5
"""The share of the rate from which on clocks count as faster; a busy machine measures less than the whole."""
_LINUX = ("libfaketimeMT.so.1", "LD_PRELOAD")
_MAC = ("libfaketimeMT.1.dylib", "DYLD_INSERT_LIBRARIES")


@dataclass(frozen=True)
class Faster:
    """Clocks that run faster: libfaketime's file, and how many seconds pass for the connector in one second."""

    library: Path
    rate: float

    def variables(self, env: Mapping[str, str], platform: str = sys.platform) -> dict[str, str]:
        """Return the environment in which a process lives at the rate; what it loads first anyway is loaded, too."""
        _, preload = _MAC if platform == "darwin" else _LINUX
        others = env.get(preload, os.environ.get(preload, ""))
        flat = {"DYLD_FORCE_FLAT_NAMESPACE": "1"} if platform == "darwin" else {}
        return {preload: ":".join(filter(None, (str(self.library), others))), "FAKETIME": f"+0 x{self.rate:g}", **flat}

    def shows(self, theirs: float, ours: float) -> bool:
        """Tell whether clocks ran faster: so many seconds passed for the process, and so many here."""
        return theirs >= self.rate * CLEARLY * ours


def library(platform: str = sys.platform) -> Path | None:
    """Return the file of libfaketime for programs with threads, or None where this machine has none."""
    if platform not in ("linux", "darwin"):
        return None
    name, _ = _MAC if platform == "darwin" else _LINUX
    return next((folder / name for folder in _folders() if (folder / name).is_file()), None)


def _folders() -> Iterator[Path]:
    """Yield where packages put the library: Debian, others by hand, Homebrew, and the Python package libfaketime."""
    yield from sorted(Path("/usr/lib").glob("*/faketime"))
    yield from (Path(root, "lib/faketime") for root in ("/usr", "/usr/local", "/opt/homebrew"))
    found = find_spec("libfaketime")
    if found and found.origin:
        yield Path(found.origin).parent / "vendor/libfaketime/src"


class Moments:
    """Turns a process's moments into ours; the note that took the least time to arrive tells best how they differ."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began = math.inf

    def ours(self, moment: float) -> float:
        """Return the moment of this machine's monotonic clock at which that process's clock stood so."""
        if self._rate == 1.0:
            return moment
        self._began = min(self._began, time.monotonic() - moment / self._rate)
        return self._began + moment / self._rate

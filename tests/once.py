"""What costs seconds to make, made once for all processes of a test run."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


class Once:
    """Folders in one place. Who asks for one first makes it, and the others wait; nobody changes what is in it."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of that name, which ``make`` fills. Where it failed, who asks next tries again."""
        folder, made = self._place / name, self._place / f"{name}.made"
        with (self._place / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

"""A clean clone of this repository in another folder, and commands that run from its files alone."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git")
FOLDERS = ("greenroom", "contracts", "connectors", "simulators")


@dataclass(frozen=True)
class Clone:
    """The folder of a clone."""

    folder: Path

    def greenroom(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the clone's own Greenroom, with the installed libraries of this environment."""
        return self._python("-m", "greenroom", *words)

    def origin(self) -> str:
        """Return the file from which the clone's commands import Greenroom."""
        return self._python("-c", "import greenroom.contracts as c; print(c.__file__)").stdout.strip()

    def _python(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run Python with the clone's names in front, and without the folder's own: greenroom/ is only a part."""
        env = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
        env |= {"PYTHONPATH": str(self.folder / ".names"), "PYTHONSAFEPATH": "1"}
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=120, check=False
        )


def cloned(folder: Path) -> Clone:
    """Copy what version control holds, and what it would: nothing ignored, no environment, no cache."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *FOLDERS]
    for name in subprocess.check_output(listed, cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    named = folder / ".names" / "greenroom"  # as `make names` does
    named.mkdir(parents=True)
    for entry in (folder / "greenroom").iterdir():
        (named / entry.name).symlink_to(entry)
    for name in FOLDERS[1:]:
        (named / name).symlink_to(folder / name)
    return Clone(folder)

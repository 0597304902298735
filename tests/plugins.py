"""CRMs of other packages, installed for one test: nothing of it stays, and no network is needed."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.greenroom.shell import COMMAND, Said
from tests.once import Once

EXAMPLE = Path(__file__).parents[1] / "examples" / "crm-plugin"


@dataclass(frozen=True)
class Installed:
    """A package where it was copied to, and where it is installed."""

    source: Path
    site: Path

    @property
    def env(self) -> dict[str, str]:
        """The environment of programs that find it."""
        known = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
        return {**known, "PYTHONPATH": str(self.site)}

    def greenroom(self, *words: str) -> Said:
        """Run the command, beside the folder of the package."""
        return self.run(COMMAND, *words)

    def run(self, *words: str) -> Said:
        """Run a program there."""
        done = subprocess.run(words, cwd=self.source.parent, env=self.env, capture_output=True, text=True, check=False)
        return Said(done.returncode, done.stdout, done.stderr)

    def changed(self, folder: Path, file: str, old: str, new: str) -> "Installed":
        """Return a copy of it in which some words of an installed file are others."""
        shutil.copytree(self.site, folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
        return Installed(self.source, folder)


def copied(folder: Path) -> Path:
    """Copy the example, whose folder stays as it is when it is built."""
    return Path(shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__")))


def example(once: Once, source: Path) -> Installed:
    """Copy the example to a folder; it is installed once for all processes of a test run."""
    return Installed(copied(source), once("plugin", lambda site: install(source, site)))


def install(source: Path, site: Path) -> Installed:
    """Install a package as ``pip install`` does, in a folder of its own."""
    how = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--target", str(site))
    subprocess.run([sys.executable, "-m", "pip", "install", *how, str(source)], check=True, capture_output=True)
    return Installed(source, site)

"""The built packages, put into bare environments and tried as a user would try them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = ("lowest-direct", "highest")
CONNECTOR = ROOT / "tests/correct/clio.bubbles.py"
ENTRIES = "/api/v4/calendar_entries.json"
UV = str(Path(sys.executable).with_name("uv"))


@dataclass(frozen=True)
class Environment:
    """An environment with Greenroom installed, and its own variables beside this process's."""

    command: tuple[str, ...]
    folder: Path
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def env(self) -> dict[str, str]:
        """The variables of its processes, without those that lead a Python to our own packages."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        return {**kept, **dict(self.variables)}

    def run(self, *words: str) -> str:
        """Run ``greenroom`` with those words, and return what it said; it must succeed."""
        return run(*self.command, *words, cwd=self.folder, env=self.env)

    def first_response(self) -> int:
        """Serve the fake Clio, and return the status of its first response: nobody is logged in."""
        words = [*self.command, "serve", "clio", "--port", "0", "--json"]
        with subprocess.Popen(words, cwd=self.folder, env=self.env, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout
                url = json.loads(process.stdout.readline())["url"]
                return requests.get(url + ENTRIES, timeout=30).status_code
            finally:
                process.terminate()


def copied(into: Path) -> Path:
    """Copy the files that are in version control, or will be: a build leaves its traces beside them."""
    listed = run("git", "ls-files", "-co", "--exclude-standard").splitlines()
    for name in (name for name in listed if (ROOT / name).is_file()):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_bytes((ROOT / name).read_bytes())
    return into


def installed(package: Path, version: str, resolution: str, into: Path) -> Environment:
    """Install a package with the lowest or the newest dependencies that it allows."""
    python, pins = str(interpreter(version)), into / "pins.txt"
    run(UV, "venv", "-q", "--python", python, str(into))
    asked = (UV, "pip", "compile", "-q", "--resolution", resolution, "--python", python, "pyproject.toml")
    run(*asked, "-o", str(pins))
    run(UV, "pip", "install", "-q", "--python", str(into), "-r", str(pins), str(package))
    return Environment((str(next(into.glob("*/greenroom*"))),), into)


@cache
def interpreter(version: str) -> str | None:
    """Return the interpreter of a version that this machine has, or None; pyenv's count, though not on the path."""
    places = [shutil.which(f"python{version}"), *Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
    return next((str(each) for each in places if each and works(str(each), version)), None)


def works(python: str, version: str) -> bool:
    """Tell whether a file is an interpreter of that version; a shim may only say that it is none."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def run(*words: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Run a program and return what it said; it must succeed."""
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

"""The connectors that judge the judge.

``faulty/<clause>.<crm>[.<variant>].<suffix>`` is right but for one plausible bug, which its clause must catch;
``correct/<crm>.<style>.<suffix>`` is right in a style of its own, and no clause may catch it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from greenroom.connectors.bridges import virtual_time

HERE = Path(__file__).parent
SUFFIXES = (".py", ".cjs", ".mjs", ".ts")
ATTRIBUTES = {"clio.async_httpx": "Connector", "netsuite.spellings": "create", "netsuite.https_agent": "create"}
HERE_IT_IS = "<- here"
"""How the line of a bug ends, in the faulty connectors for which a report must name it."""
NODE = shutil.which("node")
NEEDED = os.environ.get("GREENROOM_TESTS_NEED", "").split()
"""What must be there, as on our CI (``node``, ``browser``): where it is missing, its tests fail instead of skipping."""
NEEDS_VIRTUAL_TIME = pytest.mark.skipif(
    virtual_time.library() is None and "virtual-time" not in NEEDED,
    reason="libfaketime is not installed: waits pass in real time",
)
NEEDS_NODE = pytest.mark.skipif(
    NODE is None and "node" not in NEEDED, reason="Node is not installed: JavaScript connectors are not certified"
)
TURNS = 8
"""Commits after which a test that costs seconds of a processor has had its turn: a test run is to take minutes."""
LONG = 16
"""The same for tests that cost ten seconds and more: ``in_turn(every=LONG)``."""
SPREAD = 6857
"""What spreads them evenly over the commits: chosen so that none of these takes much longer than another."""
WHOLE = bool(os.environ.get("GREENROOM_TESTS_WHOLE"))
"""Whether everything is asked for: properties tried with all their examples, samples that are all of them."""
LOADER = f"node --import {(HERE / 'node_modules' / 'tsx' / 'dist' / 'loader.mjs').as_uri()}"


@dataclass(frozen=True)
class Specimen:
    """One connector: its file, its CRM, and the clause that it must break (None: it is correct)."""

    path: Path
    crm: str
    clause: str | None

    @property
    def target(self) -> str:
        """How the command line would name it."""
        attribute = ATTRIBUTES.get(self.path.stem)
        return f"{self.path}:{attribute}" if attribute else str(self.path)

    @property
    def runtime(self) -> tuple[str, ...]:
        """The command that runs it, empty for the language's own."""
        return tuple(LOADER.split()) if self.path.suffix == ".ts" else ()

    @property
    def story(self) -> str:
        """The first line of its file: the bug, or the style."""
        return self.path.read_text("utf-8").splitlines()[0].strip('";')

    @property
    def marked(self) -> set[int]:
        """The numbers of the lines that are marked as those of the bug, with ``<- here`` at their ends."""
        return {
            number for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1) if HERE_IT_IS in line
        }

    @property
    def bug(self) -> str:
        """The story without the place where it shows."""
        return re.sub(r"\s*\[[\w*-]+\]$", "", self.story)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Where its bug shows, or its style matters, from the brackets at the end of its story; empty: on plain days,
        in any scenario.
        """
        found = re.search(r"\[([\w*-]+)\]$", self.story)
        return (found.group(1),) if found else ()


def faulty() -> list[Specimen]:
    """Return the faulty connectors."""
    found = []
    for path in sorted((HERE / "faulty").glob("*.*.*.*")):
        if path.suffix in SUFFIXES:
            family, name, crm, *_ = path.stem.split(".")
            found.append(Specimen(path, crm, f"{family}.{name}"))
    return found


def reference() -> list[Specimen]:
    """Return the reference connectors."""
    folder = HERE.parent / "connectors" / "reference"
    return [Specimen(folder / f"{crm}.py", crm, None) for crm in ("clio", "netsuite", "bullhorn")]


def styles() -> list[Specimen]:
    """Return the correct connectors in styles of their own."""
    found = sorted(path for path in (HERE / "correct").glob("*.*.*") if path.suffix in SUFFIXES)
    return [Specimen(path, path.stem.split(".")[0], None) for path in found]


def correct() -> list[Specimen]:
    """Return the correct connectors, the reference ones among them."""
    return [*reference(), *styles()]


def examples(number: int, at_a_commit: int | None = None) -> int:
    """Return how many examples a property is tried with: so many where everything is asked for, else a third, or less."""
    return number if WHOLE else at_a_commit or max(1, number // 3)


def sample(some: Sequence[Any], number: int, every: int = 1) -> list[Any]:
    """Return about so many of some, whose turn it is at this commit, or today where there is none: every n-th.

    All have had their turn after n commits, or n times ``every`` commits where the test itself is played that often
    only; where everything is asked for, all have it now.
    """
    turns = 1 if WHOLE or not some else -(-len(some) // number)
    return list(some[_now() // every % turns :: turns])


def its_turn(group: str, every: int = TURNS) -> bool:
    """Tell whether it is a group's turn at this commit, or today where there is none: at every n-th.

    Its name alone says at which of them, so that no test waits longer because another one is added.
    """
    return WHOLE or (_now() + crc32(group.encode(), SPREAD)) % every == 0


def turn(specimens: list[Specimen], number: int) -> list[Specimen]:
    """Return a sample of connectors, and those at which somebody works: what is not committed is always played."""
    chosen = {*changed(), *(specimen.path for specimen in sample(specimens, number))}
    return [specimen for specimen in specimens if specimen.path in chosen]


def _now() -> int:
    return _commits() or date.today().toordinal()


@cache
def _commits() -> int | None:
    """Return how many commits there are; None where it is not known: no git, or a clone of the last ones only."""
    shallow = (HERE.parent / ".git" / "shallow").exists()
    return None if shallow else int(_git("rev-list", "--count", "HEAD") or 0) or None


@cache
def changed() -> set[Path]:
    """Return the files that differ from their last commit, new ones too."""
    return {HERE.parent / line[3:] for line in _git("status", "--porcelain", "--untracked-files=all").splitlines()}


def _git(*words: str) -> str:
    """Return what git says about this repository; nothing where it cannot."""
    git = shutil.which("git")
    command = [git or "", "-C", str(HERE.parent), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout if git else ""


def cases(specimens: list[Specimen]) -> list[object]:
    """Return specimens as test parameters; those in JavaScript need Node."""
    return [pytest.param(s, id=s.path.stem, marks=[] if s.path.suffix == ".py" else [NEEDS_NODE]) for s in specimens]

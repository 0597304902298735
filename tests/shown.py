"""What pages show of commands: console blocks, compared with real output."""

import re
import shlex
from pathlib import Path

from tests.greenroom.shell import greenroom

GAP = "…"
"""Stands for any lines."""


def plain(line: str) -> str:
    """Replace what differs between runs: times, ids that follow from a seed, and the version of Python."""
    line = re.sub(r"\b\d+\.\d+ s\b", "N s", line)
    line = re.sub(r"became '20[-\d]+T[:\d]+Z'", "became 'T'", line)
    line = re.sub(r"\b\d{9,}\b", "ID", line)
    return re.sub(r"in N s|Python [\d.]+", "X", re.sub(r" {2,}", " ", line)).strip()


def check(block: str, cwd: Path) -> None:
    """Run the commands of a console block. Each shown line comes, in order; a line with '…' stands for any lines."""
    code = 0
    for part in block.removeprefix("$ ").split("\n$ "):
        command, *shown = part.splitlines()
        if command == "echo $?":
            assert shown == [str(code)]
            continue
        done = greenroom(*shlex.split(command)[1:], cwd=cwd)
        code = done.code
        compare(shown, done.out.splitlines())


def compare(shown: list[str], printed: list[str]) -> None:
    """Find each shown line in what was printed. Progress, which a slow machine logs, is left out."""
    lines = iter(plain(line) for line in printed if not re.match(r"  … \d+ s: ", line))
    gap = False
    for wanted in (plain(line) for line in shown):
        if wanted == GAP:
            gap = True
            continue
        found = next((line for line in lines if line == wanted), None) if gap else next(lines, None)
        assert found == wanted
        gap = False

"""What earlier runs of the benchmarks measured, and whether a ratio got worse."""

import json
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / ".greenroom" / "benchmarks.jsonl"
"""One line for each run; not under version control, as it is about one machine."""
EXPECTED = Path(__file__).with_name("ratios.json")
"""The ratios that CI compares with: they hold on every machine, as both sides are measured by turns."""
WORSE = 4 / 3
"""How much of a ratio is no noise."""
_RATIO = re.compile(r"= (\d+\.\d+)x$")

Ratios = Mapping[str, float]


@dataclass(frozen=True)
class Run:
    """One run: when, on which machine, what was measured as text, and the ratios in it."""

    at: str
    machine: str
    figures: Mapping[str, str]
    ratios: Ratios


def noted(figures: Mapping[str, str]) -> Run:
    """Return a run of now, on this machine."""
    found = {name: match for name, text in figures.items() if (match := _RATIO.search(text))}
    ratios = {name: float(match[1]) for name, match in found.items()}
    machine = f"{platform.node()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return Run(datetime.now(UTC).isoformat(timespec="seconds"), machine, dict(figures), ratios)


def keep(run: Run, file: Path = KEPT) -> Run | None:
    """Add a run to the file, and return the last one of the same machine, if any."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    same = [earlier for line in lines if (earlier := Run(**json.loads(line))).machine == run.machine]
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(run)) + "\n")
    return same[-1] if same else None


def worse(now: Ratios, before: Ratios) -> list[str]:
    """Return what got worse by more than a third, one sentence each."""
    both = [(name, before[name], ratio) for name, ratio in now.items() if name in before]
    return [f"{name}: {ratio:.2f}x, was {old:.2f}x" for name, old, ratio in both if ratio > WORSE * old]


def expected(file: Path = EXPECTED) -> dict[str, float]:
    """Return the ratios that CI compares with."""
    found: dict[str, float] = json.loads(file.read_text("utf-8"))
    return found

"""Judged calls per second in a fuzz (hold: 100 with a connection for each call, 300 kept open), and where time goes."""

import tempfile
from pathlib import Path

from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.events import Result
from greenroom.contracts.fuzz.runner import fuzz
from greenroom.contracts.run.config import RunConfig

CONNECTOR = "benchmarks/connectors/clio.py"
STORIES = 200


def measure() -> dict[str, str]:
    figures = {}
    for name, target in (
        ("a connection for each call", CONNECTOR),
        ("a connection that stays open", f"{CONNECTOR}:KEEPING"),
    ):
        result = fuzzed(target, STORIES)
        figures[f"fuzz, {name}"] = f"{result.calls / result.seconds:.0f} judged calls/s; {shares(result)}"
    one, two = (fuzzed(CONNECTOR, 5 * STORIES, jobs) for jobs in (1, 2))
    rates = [result.calls / result.seconds for result in (one, two)]
    figures["--jobs 2 over one process (hold: at least 1.6x)"] = (
        f"{rates[1] / rates[0]:.2f}x ({rates[0]:.0f}, {rates[1]:.0f} calls/s)"
    )
    return figures


def fuzzed(target: str, examples: int, jobs: int = 1) -> Result:
    """Fuzz a connector whose stories all hold."""
    with tempfile.TemporaryDirectory() as folder:
        result = fuzz(FuzzConfig(RunConfig(target, "clio"), examples=examples, jobs=jobs, folder=Path(folder)))
    assert not result.found, [found.story.told for found in result.found]
    return result


def shares(result: Result) -> str:
    """Say how much of the time was the judge's, the simulator's, the bridge's (and connector's), and Hypothesis's."""
    timings = result.timings
    parts = {
        "judge": timings.judge,
        "simulator": timings.simulator,
        "bridge and connector": timings.calls - timings.simulator,
    }
    parts["Hypothesis and the stage"] = result.seconds - sum(parts.values())
    return ", ".join(f"{name} {seconds / result.seconds:.0%}" for name, seconds in parts.items())

"""Results of fuzzes: several as one, and as a file that other machines read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from greenroom.contracts import schemas
from greenroom.contracts.clauses.judge import Violation
from greenroom.contracts.fuzz.cells import Cell, Cells
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.events import Replayed, Result
from greenroom.contracts.fuzz.play import Broken, Timings
from greenroom.contracts.fuzz.story import parsed
from greenroom.contracts.run.merging import parts
from greenroom.contracts.run.rejudge import StoredError
from greenroom.contracts.run.shard import Shard

SAME = ("greenroom", "crm", "seed", "run")
"""What the shards of one fuzz have in common, beside the connector."""


def together(results: Sequence[Result], seconds: float) -> Result:
    """Return several results as one; of several stories about one clause the shortest is kept."""
    shortest = {}
    for found in sorted((f for r in results for f in r.found), key=_size, reverse=True):
        shortest[found.story.clause] = found
    coverage, cells, timings = Coverage(), Cells(), Timings()
    for result in results:
        coverage.update(result.coverage)
        cells.update(result.cells)
        timings = Timings(*(getattr(timings, n) + getattr(result.timings, n) for n in ("judge", "calls", "simulator")))
    return replace(
        results[0],
        examples=sum(result.examples for result in results),
        calls=sum(result.calls for result in results),
        seconds=seconds,
        found=tuple(shortest.values()),
        unsteady=sum(result.unsteady for result in results),
        coverage=coverage,
        cells=cells,
        timings=timings,
        errored=tuple(problem for result in results for problem in result.errored),
        stopped=next((result.stopped for result in results if result.stopped), None),
    )


def _size(found: Replayed) -> tuple[int, int]:
    return len(found.story.history), len(found.story.steps)


def document(result: Result) -> dict[str, Any]:
    """Return a result as ``schemas/fuzz.json`` describes it."""
    return {
        "greenroom": version("greenroom"),
        "target": {"name": result.target, **result.identity},
        "crm": result.crm,
        "seed": result.seed,
        "run": dict(result.run),
        "shards": list(result.shards),
        "examples": result.examples,
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "unsteady": result.unsteady,
        "stopped": result.stopped,
        "errored": list(result.errored),
        "timings": asdict(result.timings),
        "coverage": [[*key, count] for key, count in sorted(result.coverage.items())],
        "cells": [[*cell, count] for cell, count in sorted(result.cells.items())],
        "found": [
            {"story": found.story.to_json(), "broken": asdict(found.broken) if found.broken else None}
            for found in result.found
        ],
    }


def load(path: str) -> dict[str, Any]:
    """Read the result of a fuzz.

    Raises:
        StoredError: the file cannot be read, or holds none.

    """
    try:
        stored = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoredError(f"report '{path}' cannot be read: {error}") from None
    if wrong := schemas.problem("fuzz", stored, "report"):
        raise StoredError(f"'{path}' is no report of a fuzz: {wrong}; use 'greenroom fuzz TARGET --report FILE.json'")
    checked: dict[str, Any] = stored
    return checked


def restored(stored: Mapping[str, Any]) -> Result:
    """Return the result that a document describes."""
    target = dict(stored["target"])
    return Result(
        target.pop("name"),
        stored["crm"],
        stored["seed"],
        stored["examples"],
        stored["calls"],
        stored["seconds"],
        tuple(map(told, stored["found"])),
        stored["unsteady"],
        Coverage({tuple(key): count for *key, count in stored["coverage"]}),
        Timings(**stored["timings"]),
        stored["stopped"],
        target,
        stored["run"],
        tuple(stored["shards"]),
        tuple(stored.get("errored", ())),
        Cells({Cell(*cell): count for *cell, count in stored.get("cells", ())}),
    )


def told(stored: Mapping[str, Any]) -> Replayed:
    """Return the story and what broke in it, if anything did, from a document that has both."""
    broken = stored["broken"]
    whole = broken and Broken(**{**broken, "violation": Violation(**broken["violation"])})
    return Replayed(parsed(stored["story"]), whole)


def merge(reports: Mapping[str, Mapping[str, Any]]) -> tuple[Result, list[Shard]]:
    """Return the result of a whole fuzz from its shards' reports by file, and the shards that are missing.

    Raises:
        StoredError: they are not of one fuzz, or two hold the same shard.

    """
    present, left = parts({name: (_shard(name, report), _identity(report)) for name, report in reports.items()})
    results = [restored(report) for report in reports.values()]
    whole = together(results, max(result.seconds for result in results))
    return replace(whole, shards=tuple(map(str, present)) if left else ()), left


def _shard(name: str, report: Mapping[str, Any]) -> Shard:
    if len(report["shards"]) != 1:
        raise StoredError(f"'{name}' is no shard; use the reports of 'greenroom fuzz TARGET --shard K/N'")
    return Shard.parse(report["shards"][0])


def _identity(report: Mapping[str, Any]) -> dict[str, Any]:
    target = {name: value for name, value in report["target"].items() if name != "name"}
    return {**{name: report[name] for name in SAME}, **target}

"""``greenroom merge``."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from greenroom.cli.certify import exit_code
from greenroom.cli.fuzz import exit_code as fuzz_exit_code
from greenroom.cli.fuzz import write
from greenroom.cli.screen import opened
from greenroom.contracts.fuzz import results
from greenroom.contracts.fuzz.events import Event, FuzzFinished
from greenroom.contracts.probing import record
from greenroom.contracts.reports import open_report
from greenroom.contracts.reports.fuzz import FuzzReport
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run import merging, rejudge
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.shard import Shard


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="SHARD.json …")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help="Also write the whole, as certify or fuzz do. Repeatable.",
)
def merge(files: tuple[str, ...], reports: tuple[str, ...]) -> int:
    """Put the reports of shards together, and judge the whole. Or put records of 'greenroom probe' together.

    All must be of one run: the same connector, runtime, version of Greenroom, seed and options.
    The exit code is that of the whole run. It is 2 if a shard is missing and nothing is broken.

    Example: greenroom merge shard-1.json shard-2.json --report whole.html
    """
    twice = next((file for file in files if files.count(file) > 1), None)
    if twice:
        msg = f"'{twice}' is named twice; name each shard once"
        raise click.UsageError(msg)
    if _is_record(files[0]):
        return _records(files, reports)
    code, missing = (_fuzzes if _is_fuzz(files[0]) else _runs)(files, reports)
    if missing:
        named = ", ".join(map(str, missing))
        click.echo(f"greenroom: shards are missing: {named}; run them, then merge all of them", err=True)
    return code or (2 if missing else 0)


def _is_fuzz(file: str) -> bool:
    """Tell whether a file holds the result of a fuzz; what holds neither is for others to refuse."""
    return "examples" in _object(file)


def _is_record(file: str) -> bool:
    """Tell whether a file holds a record of a probe."""
    return _object(file).get("format") == record.FORMAT


def _object(file: str) -> dict[str, Any]:
    try:
        found: Any = json.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _records(files: Sequence[str], places: Sequence[str]) -> int:
    """Put records together."""
    if not places:
        msg = "name the file for the whole record with --report FILE"
        raise click.UsageError(msg)
    whole = record.merged([record.read(Path(file)) for file in files])
    for place in places:
        record.write(Path(place), whole)
    people = len({row["by"] for row in whole["rows"]})
    click.echo(f"{len(whole['rows'])} rows by {people}")
    return 0


def _runs(files: Sequence[str], reports: Sequence[str]) -> tuple[int, list[Shard]]:
    certificate, missing = merging.merge({file: rejudge.load(file) for file in files})
    listeners = [open_report(name) for name in reports]
    with opened() as screen:
        for listener in (TerminalReport(screen), *listeners):
            listener.handle(RunFinished(certificate))
    return exit_code(certificate), missing


def _fuzzes(files: Sequence[str], reports: Sequence[str]) -> tuple[int, list[Shard]]:
    result, missing = results.merge({file: results.load(file) for file in files})
    with opened() as screen:
        events: list[Event] = [*result.found, FuzzFinished(result)]
        for event in events:
            FuzzReport(screen).handle(event)
    for file in reports:
        write(file, result)
    return fuzz_exit_code(result), missing

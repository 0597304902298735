"""``greenroom certify --watch``: certify again after each save, and play first what was broken."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from greenroom.cli.errors import complain
from greenroom.cli.screen import opened
from greenroom.connectors.bridges import LANGUAGES
from greenroom.connectors.bridges.target import parse
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.reports import GITHUB, open_report
from greenroom.contracts.reports.report import Report
from greenroom.contracts.reports.screen import Detail, Screen
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.run.runner import certify

DEADLINE = 12.0
"""Seconds that a call may take while an author fixes a connector. ``certify`` alone waits longer."""
SOURCES = (*LANGUAGES, ".json")
"""Suffixes of the files whose change is a save."""
PULSE = 500
"""Milliseconds after which the watching thread looks whether it should end."""

Found = Certificate | None


def watch(config: RunConfig, detail: Detail, reports: Sequence[str]) -> int:
    """Certify after each save until Ctrl-C.

    Raises:
        click.UsageError: the package that watches files is not installed.
        TargetError: there is no such connector.

    """
    target = parse(config.target)
    folder = target.path.parent if target.path else Path.cwd()
    with suppress(KeyboardInterrupt), opened() as screen, saves(folder, reports) as saved:
        rounds = Rounds(config, screen, detail, reports, saved)
        while True:
            saved.clear()
            rounds.play()
            if not saved.is_set():
                screen.say()
                screen.say(f"Watching {folder}: save a file to certify again, press Ctrl-C to end.")
            saved.wait()
    return 0


class Rounds:
    """Remembers which scenarios were broken, and plays them first."""

    def __init__(
        self, config: RunConfig, screen: Screen, detail: Detail, reports: Sequence[str], saved: threading.Event
    ) -> None:
        self._config, self._screen, self._detail = config, screen, detail
        self._reports, self._saved = reports, saved
        self._broken: dict[str, None] = {}

    def play(self) -> None:
        """Play one round: what was broken, then everything. A save in the middle ends it."""
        try:
            if self._broken:
                self._again()
            self._whole()
        except (BridgeError, ConfigError) as error:
            self._screen.rest()
            complain(str(error))

    def _again(self) -> None:
        """Play the scenarios that were broken, and show of each one whether it holds now."""
        config = replace(self._config, scenarios=tuple(self._broken))
        found = self._played(config, lambda _event: None)
        if found is None:
            return
        broken = musts(found)
        self._screen.say()
        for scenario in self._broken:
            if scenario in broken:
                self._screen.say(f" in '{scenario}': {broken[scenario]}", "still broken", "bad")
            else:
                self._screen.say(f" '{scenario}'", "holds now", "good")

    def _whole(self) -> None:
        if self._saved.is_set():
            return
        listeners: list[Report] = [TerminalReport(self._screen, self._detail), *map(open_report, self._reports)]

        def handle(event: Event) -> None:
            for each in listeners:
                each.handle(event)

        found = self._played(self._config, handle)
        if found is not None:
            self._broken = dict.fromkeys(musts(found))

    def _played(self, config: RunConfig, handle: Callable[[Event], object]) -> Found:
        """Return the certificate, or None if a file was saved before the end."""
        with closing(certify(config)) as events:
            for event in events:
                if self._saved.is_set():
                    break
                handle(event)
                if isinstance(event, RunFinished):
                    return event.certificate
        self._screen.rest()
        return None


def musts(found: Certificate) -> dict[str, str]:
    """Return the scenarios in which a must is broken, each with what was broken first."""
    broken: dict[str, str] = {}
    for verdict in found.scored:
        if verdict.outcome == "failed" and verdict.clause.strength == "must":
            for violation in verdict.violations:
                broken.setdefault(violation.scenario, f"{verdict.clause.id}; got {violation.got}")
    return broken


@contextmanager
def saves(folder: Path, reports: Sequence[str]) -> Iterator[threading.Event]:
    """Return an event that is set when a source file in the folder was saved.

    Raises:
        click.UsageError: the package that watches files is not installed.

    """
    library, saved, stop, ready = _library(), threading.Event(), threading.Event(), threading.Event()
    own = {Path(name.partition(":")[2] or name).resolve() for name in reports if name != GITHUB}

    def follow() -> None:
        is_source = library.DefaultFilter()
        for changes in library.watch(folder, stop_event=stop, rust_timeout=PULSE, yield_on_timeout=True):
            ready.set()
            if any(is_source(*each) and _source(Path(each[1]), folder, own) for each in changes):
                saved.set()

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield saved
    finally:
        stop.set()
        thread.join()


def _source(path: Path, folder: Path, own: set[Path]) -> bool:
    inside = path.relative_to(folder.resolve()).parts if path.is_relative_to(folder.resolve()) else path.parts[-1:]
    return path.suffix in SOURCES and path.resolve() not in own and not any(part.startswith(".") for part in inside)


def _library() -> Any:
    try:
        return import_module("watchfiles")
    except ImportError:
        raise click.UsageError("--watch needs the package watchfiles: pip install 'greenroom[watch]'") from None

"""The report for people: progress while it runs, then each broken promise with its evidence, then the verdict."""

from collections.abc import Sequence
from datetime import timedelta

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import distinct, violation_lines
from greenroom.contracts.reports.repeat import repeat
from greenroom.contracts.reports.screen import Detail, Screen, Style
from greenroom.contracts.run.certificate import Certificate, ScenarioPlayed
from greenroom.contracts.run.events import Event, RunFinished, RunStarted, StillPlaying

VERDICTS = {
    "certified": "CERTIFIED",
    "not-certified": "NOT CERTIFIED",
    "errored": "COULD NOT BE JUDGED",
    "holds": "HOLDS (selection, no certificate)",
}
MOST_CASES = 3
"""Violations of one clause that are shown whole; the others are counted."""
DAYS = 30
"""Days that a fresh waiver lasts."""
LONG, MOST_TIMES = 1.0, 4
"""Seconds from which on a scenario is named for the time it took, and how many are."""


class TerminalReport:
    """Shows a run on a screen, in the detail that was asked for."""

    several = True

    def __init__(self, screen: Screen, detail: Detail = "normal") -> None:
        self._screen, self._say = screen, screen.say
        self._detail = detail
        self._interfaces = 1
        self._progress = Progress(0)

    def handle(self, event: Event) -> None:
        """Show what is new."""
        if isinstance(event, RunFinished):
            self._screen.rest()
            self._finish(event.certificate)
        elif self._detail != "quiet":
            self._during(event)

    def _during(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._interfaces, self._progress = len(event.interfaces), Progress(event.scenarios)
            how = f"{event.runtime}, seed {event.seed}"
            self._say(f"Certifying {event.target} against {event.crm}, up to level {event.level} ({how})")
        elif isinstance(event, ScenarioPlayed):
            self._played(event)
        elif isinstance(event, StillPlaying):
            self._screen.progress(f"{self._progress}, waiting for {', '.join(event.scenarios)}")

    def _played(self, event: ScenarioPlayed) -> None:
        self._progress.add(event)
        if self._detail != "verbose":
            self._screen.progress(str(self._progress))
            return
        calls = f"{event.calls} call{'s' if event.calls != 1 else ''}"
        what = f"{event.id:<28} {event.interface:<22}" if self._interfaces > 1 else f"{event.id:<22} {event.title:<66}"
        self._say(f"  played {what} {calls:>8} {event.seconds:6.2f} s")

    def _finish(self, certificate: Certificate) -> None:
        quiet = self._detail == "quiet"
        failed = [v for v in certificate.scored if v.outcome == "failed"]
        for verdict in sorted(failed, key=lambda v: v.clause.strength):
            if verdict.clause.strength == "must" or not quiet:
                self._clause(verdict, certificate)
        self._marks(certificate, failed)
        for verdict in certificate.verdicts:
            if not verdict.scored and verdict.outcome in ("failed", "errored"):
                name = f"{verdict.clause.id}{story.about(certificate, verdict)}"
                self._below("not scored", "mild", f" {name}: {verdict.outcome}, later than the set")
        for reason, ids in _errored(certificate).items():
            self._below("ERRORED", "bad", f" {ids}: {reason}")
        if not quiet:
            self._waivers(certificate)
        self._verdict(certificate)
        if not quiet:
            self._summary(certificate)

    def _marks(self, certificate: Certificate, failed: Sequence[Verdict]) -> None:
        meant = story.mark(certificate, failed)
        if meant:
            self._below("note", "mild", f" {meant}")

    def _below(self, head: str, style: Style, text: str) -> None:
        """Show a line below an empty one."""
        self._say()
        self._say(text, head, style)

    def _waivers(self, certificate: Certificate) -> None:
        for verdict in certificate.verdicts:
            if verdict.outcome == "waived":
                name = f"{verdict.clause.id}{story.about(certificate, verdict)}"
                self._below("waived", "mild", f" {name}: {verdict.reason}")
        for applied in certificate.waivers:
            if applied.problem:
                waiver = applied.waiver
                self._below("WAIVER", "bad", f" of {waiver.clause} in '{waiver.scenario}': {applied.problem}")
        if certificate.waivers or certificate.partial:
            return
        ready = template(certificate)
        if ready:
            lines = ("", "To let known failures pass for a while, give reasons and name the file with --waivers:", "")
            for line in (*lines, *ready.splitlines()):
                self._say(line)

    def _clause(self, verdict: Verdict, certificate: Certificate) -> None:
        clause = verdict.clause
        must = clause.strength == "must"
        bad_days = all(v.level != clause.level for v in verdict.violations)
        of = story.about(certificate, verdict)
        level = f"level {verdict.violations[0].level}" if bad_days else f"level {clause.level}"
        head: tuple[str, Style] = ("BROKEN", "bad") if must else ("advice", "mild")
        self._below(*head, f" {clause.id}{of} ({clause.strength}, {level}): {clause.title}")
        self._say(f"    {verdict.source.kind}: {verdict.source.text}")
        shown = distinct(verdict.violations)[: MOST_CASES if must else 1]
        for violation in shown:
            for line in violation_lines(violation):
                self._say(line)
        if len(verdict.violations) > len(shown):
            self._say(f"    … and in {len(verdict.violations) - len(shown)} more of the {verdict.judged} calls judged")
        self._screen.command("    repeat: ", repeat(certificate, verdict, shown[0].scenario))

    def _verdict(self, certificate: Certificate) -> None:
        counts = certificate.counts()
        counted = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        style: Style = "good" if certificate.verdict in ("certified", "holds") else "bad"
        self._below(VERDICTS[certificate.verdict], style, f" {certificate.target['name']}")
        level = "none, of a selection" if certificate.partial else certificate.reached
        self._say(f"  level reached: {level} (asked: {certificate.level}); {counted}")
        if certificate.passes and certificate.verdict == "not-certified":
            self._say("  every broken promise is waived, so the exit code is 0; it is no certificate")
        if certificate.vacuous:
            self._say(f"  nothing was judged: {story.why_nothing(certificate)}")

    def _summary(self, certificate: Certificate) -> None:
        if certificate.partial:
            self._say(f"  {story.selected(certificate)}")
        promise = story.sentence(certificate)
        if promise:
            self._say(f"  for your users: {promise}")
        self._say(f"  {len(certificate.calls)} calls in {certificate.seconds:.1f} s, seed {certificate.seed}")
        lines = (
            story.levels(certificate),
            story.orders(certificate),
            story.isolated(certificate),
            story.judged_by(certificate),
        )
        for line in filter(None, lines):
            self._say(f"  {line}")
        slow = sorted((t for t in certificate.played if t.seconds > LONG), key=lambda t: -t.seconds)[:MOST_TIMES]
        if slow:
            named = [f"{t.id}{f' ({t.interface})' * (self._interfaces > 1)} {t.seconds:.1f} s" for t in slow]
            self._say(f"  longest, side by side: {', '.join(named)}")


class Progress:
    """How far a run is."""

    def __init__(self, scenarios: int) -> None:
        self._scenarios = scenarios
        self._seen: set[str] = set()
        self._calls = 0

    def add(self, event: ScenarioPlayed) -> None:
        """Count a scenario that was played."""
        self._seen.add(event.id)
        self._calls += event.calls

    def __str__(self) -> str:
        return f"{len(self._seen)} of {self._scenarios} scenarios, {self._calls} calls"


def _errored(certificate: Certificate) -> dict[str, str]:
    """Return the clauses that could not be judged by reason, in words."""
    ids: dict[str, list[str]] = {}
    for verdict in certificate.scored:
        if verdict.outcome == "errored":
            ids.setdefault(str(verdict.reason), []).append(verdict.clause.id + story.about(certificate, verdict))
    return {reason: _some(found) for reason, found in ids.items()}


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - MOST_CASES
    return ", ".join(ids[:MOST_CASES]) + (f" and {more} more clauses" if more > 0 else "")


def template(certificate: Certificate) -> str:
    """Return waivers for everything that is broken, ready but for their reasons."""
    broken = [v for v in certificate.scored if v.outcome == "failed" and v.clause.strength == "must"]
    expires = certificate.day + timedelta(days=DAYS)
    places = [(v.clause.id, scenario) for v in broken for scenario in _scenarios(v)]
    tables = [
        f'clause = "{clause}"\nscenario = "{place}"\nreason = ""\nexpires = {expires}' for clause, place in places
    ]
    return "\n\n".join(f"[[waiver]]\n{table}" for table in tables)


def _scenarios(verdict: Verdict) -> list[str]:
    names = sorted({violation.scenario for violation in verdict.violations})
    return names if len(names) <= MOST_CASES else ["*"]

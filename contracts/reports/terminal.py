"""The report for people: progress while it runs, then each broken promise with its evidence, then the verdict."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import distinct, violation_lines
from greenroom.contracts.reports.repeat import repeat
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
    """Says lines through ``say``; ``styled(text, style)`` colours them where the terminal can."""

    several = True

    def __init__(self, say: Callable[[str], None], styled: Callable[[str, str], str]) -> None:
        self._say = say
        self._styled = styled
        self._interfaces = 1

    def handle(self, event: Event) -> None:
        """Say what is new."""
        if isinstance(event, RunStarted):
            self._interfaces = len(event.interfaces)
            how = f"{event.runtime}, seed {event.seed}"
            self._say(f"Certifying {event.target} against {event.crm}, up to level {event.level} ({how})")
        elif isinstance(event, ScenarioPlayed):
            calls = f"{event.calls} call{'s' if event.calls != 1 else ''}"
            what = (
                f"{event.id:<28} {event.interface:<22}" if self._interfaces > 1 else f"{event.id:<22} {event.title:<66}"
            )
            self._say(f"  played {what} {calls:>8} {event.seconds:6.2f} s")
        elif isinstance(event, StillPlaying):
            self._say(f"  … {event.seconds:.0f} s, waiting for {', '.join(event.scenarios)}")
        elif isinstance(event, RunFinished):
            self._finish(event.certificate)

    def _finish(self, certificate: Certificate) -> None:
        failed = [v for v in certificate.scored if v.outcome == "failed"]
        for verdict in sorted(failed, key=lambda v: v.clause.strength):
            self._clause(verdict, certificate)
        for verdict in certificate.verdicts:
            if not verdict.scored and verdict.outcome in ("failed", "errored"):
                name = f"{verdict.clause.id}{story.about(certificate, verdict)}"
                self._say(f"\n{self._styled('not scored', 'mild')} {name}: {verdict.outcome}, later than the set")
        for reason, ids in _errored(certificate).items():
            self._say(f"\n{self._styled('ERRORED', 'bad')} {ids}: {reason}")
        self._waivers(certificate)
        self._summary(certificate)

    def _waivers(self, certificate: Certificate) -> None:
        for verdict in certificate.verdicts:
            if verdict.outcome == "waived":
                name = f"{verdict.clause.id}{story.about(certificate, verdict)}"
                self._say(f"\n{self._styled('waived', 'mild')} {name}: {verdict.reason}")
        for applied in certificate.waivers:
            if applied.problem:
                waiver = applied.waiver
                self._say(
                    f"\n{self._styled('WAIVER', 'bad')} of {waiver.clause} in '{waiver.scenario}': {applied.problem}"
                )
        if certificate.waivers or certificate.partial:
            return
        ready = template(certificate)
        if ready:
            self._say("\nTo let known failures pass for a while, give reasons and name the file with --waivers:\n")
            self._say(ready)

    def _clause(self, verdict: Verdict, certificate: Certificate) -> None:
        clause = verdict.clause
        must = clause.strength == "must"
        head = self._styled("BROKEN", "bad") if must else self._styled("advice", "mild")
        bad_days = all(v.level != clause.level for v in verdict.violations)
        of = story.about(certificate, verdict)
        level = f"level {verdict.violations[0].level}" if bad_days else f"level {clause.level}"
        self._say(f"\n{head} {clause.id}{of} ({clause.strength}, {level}): {clause.title}")
        self._say(f"    {verdict.source.kind}: {verdict.source.text}")
        shown = distinct(verdict.violations)[: MOST_CASES if must else 1]
        for violation in shown:
            for line in violation_lines(violation):
                self._say(line)
        if len(verdict.violations) > len(shown):
            self._say(f"    … and in {len(verdict.violations) - len(shown)} more of the {verdict.judged} calls judged")
        self._say(f"    repeat: {repeat(certificate, verdict, shown[0].scenario)}")

    def _summary(self, certificate: Certificate) -> None:
        counts = certificate.counts()
        counted = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        style = "good" if certificate.verdict in ("certified", "holds") else "bad"
        self._say(f"\n{self._styled(VERDICTS[certificate.verdict], style)} {certificate.target['name']}")
        level = "none, of a selection" if certificate.partial else certificate.reached
        self._say(f"  level reached: {level} (asked: {certificate.level}); {counted}")
        if certificate.vacuous:
            self._say("  nothing was judged: no call of these scenarios was a case of these clauses")
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

"""What a fuzz or a replay found, for people: progress, stories with their evidence, what was covered."""

import shlex
from collections.abc import Sequence

from greenroom.contracts.called import CALLED_AS
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.events import (
    LOST,
    Doubted,
    Event,
    Explored,
    FuzzFinished,
    FuzzStarted,
    Kept,
    Replayed,
    Result,
    Suspected,
)
from greenroom.contracts.fuzz.play import Broken
from greenroom.contracts.fuzz.story import Step, Story
from greenroom.contracts.reports.evidence import evidence
from greenroom.contracts.reports.screen import Detail, Screen, Style

WIDEST = 24
"""Characters of a circumstance."""


class FuzzReport:
    """Shows a fuzz or a replay on a screen, in the detail that was asked for."""

    def __init__(self, screen: Screen, detail: Detail = "normal") -> None:
        self._screen, self._say = screen, screen.say
        self._detail = detail

    def handle(self, event: Event) -> None:
        """Show what is new."""
        if isinstance(event, Replayed):
            self._screen.rest()
            self._replayed(event)
        elif isinstance(event, Kept):
            self._kept(event)
        elif isinstance(event, FuzzFinished):
            self._screen.rest()
            self._finish(event.result)
        elif self._detail != "quiet":
            self._during(event)

    def _during(self, event: FuzzStarted | Explored | Suspected | Doubted) -> None:
        if isinstance(event, FuzzStarted):
            kept = f"; {event.kept} kept stor{'ies' if event.kept != 1 else 'y'} first" if event.kept else ""
            self._say(f"Fuzzing {event.target} against {event.crm} ({event.runtime}){kept}")
        elif isinstance(event, Explored):
            self._explored(event)
        elif isinstance(event, Suspected):
            self._say(f"  a story of {len(event.story.steps)} steps broke {event.broken.clause}; making it short …")
        else:
            self._say(f"  a story broke {event.broken.clause} only after others; playing them again …")

    def _explored(self, event: Explored) -> None:
        rate = f"{event.calls / event.seconds:.0f} calls/s" if event.seconds else ""
        text = f"{event.examples} stories, {event.calls} judged calls, {rate}"
        if self._detail == "verbose":
            self._say(f"  {event.seconds:5.0f} s  {text}")
        else:
            self._screen.progress(text)

    def _head(self, head: str, style: Style, text: str) -> None:
        """Show a line below an empty one."""
        self._say()
        self._say(text, head, style)

    def _replayed(self, event: Replayed) -> None:
        if event.broken is None:
            self._head("holds", "good", f": every promise was kept in {event.place}")
            return
        self._head("BROKEN", "bad", f" {event.broken.clause}: {event.broken.title}")
        for line in ("", *story_lines(event.story, event.broken)):
            self._say(line)
        if event.place:
            self._kept(Kept(event.place))

    def _kept(self, event: Kept) -> None:
        if event.problem:
            why = f": '{event.place}' cannot be written ({event.problem}); choose another folder with --keep"
            self._say(why, "    NOT KEPT", "bad")
            return
        self._screen.command("    repeat    ", shlex.join([*CALLED_AS, "replay", event.place]))

    def _finish(self, result: Result) -> None:
        if result.examples and self._detail != "quiet":
            for line in ("", *covered(result.coverage)):
                self._say(line)
        whole = not (result.errored or result.stopped == LOST)
        right: tuple[str, Style] = ("nothing found", "good") if whole else ("nothing found so far", "mild")
        head: tuple[str, Style] = ("FAILED", "bad") if result.found else right
        self._head(*head, f": {result.target} on {result.crm}")
        if result.examples:
            rate = "" if result.found else f" ({result.calls / result.seconds:.0f} calls/s)"
            size = f"{result.examples} stories, {result.calls} judged calls"
            self._say(f"  {size} in {result.seconds:.1f} s{rate}, seed {result.seed}")
        if result.unsteady:
            stories = "story" if result.unsteady == 1 else "stories"
            self._say(
                f"  {result.unsteady} {stories} failed once and held when played again, in a fresh process and after "
                "what came before: a race, or rarer still"
            )
        for problem in result.errored:
            self._say(f": {problem}", "  NOT PLAYED", "bad")
        if result.stopped:
            self._say(f"  stopped: {result.stopped}")


def story_lines(story: Story, broken: Broken) -> list[str]:
    """Return a failing story as numbered sentences, with the evidence after the step that broke the promise."""
    lines = earlier(story.history)
    for number, sentence in enumerate(sentences(story.steps), 1):
        lines.append(f"  {number}. {sentence}")
        if number == broken.step:
            lines += evidence(broken.violation)
    return lines


def earlier(history: Sequence[Sequence[Step]]) -> list[str]:
    """Return what the connector's process did before, where a failure depends on it."""
    if not history:
        return []
    lines = ["  It depends on earlier calls: in a fresh process it holds, after these it fails each time."]
    for steps in history:
        lines += ["", "  Before, in accounts of their own:", *(f"   - {sentence}" for sentence in sentences(steps))]
    return [*lines, "", "  Then, in the same process:"]


def covered(coverage: Coverage) -> list[str]:
    """Return what was covered as a table: circumstances, the number of faults met in each, and the outcomes."""
    circumstances, faults, outcomes = (coverage.names(place) for place in range(3))
    kinds = {fault.partition("=")[0] for fault in faults}
    head = f"covered: {len(circumstances)} circumstances x {len(faults)} faults ({len(kinds)} kinds) x {len(outcomes)}"
    lines = [f"{head} outcomes, {len(coverage)} combinations met"]
    columns = [f"{name:>10}" for name in outcomes]
    lines.append(f"  {'':<{WIDEST}} faults {' '.join(columns)}")
    for row in circumstances:
        met = {fault for here, fault, _ in coverage if here == row}
        numbers = (sum(n for (here, _, end), n in coverage.items() if (here, end) == (row, out)) for out in outcomes)
        lines.append(f"  {row:<{WIDEST}} {len(met):>6} {' '.join(f'{number:>10}' for number in numbers)}")
    return lines

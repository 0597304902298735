"""The report as Markdown, for pull requests: the verdict, what is broken with one case each, what users meet."""

from pathlib import Path

from greenroom.contracts.clauses.judge import Verdict
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import ending, wire
from greenroom.contracts.reports.repeat import repeat
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.visible import visible

SIGNS = {"certified": "✅", "not-certified": "❌", "errored": "⚠️", "holds": "☑️"}


class MarkdownReport:
    """Writes every certificate of a run, one below the other."""

    several = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts: list[str] = []

    def handle(self, event: Event) -> None:
        """Write at the end of each target."""
        if isinstance(event, RunFinished):
            self._parts.append(page(event.certificate))
            self._path.write_text("\n".join(self._parts), "utf-8", newline="\n")


def page(certificate: Certificate) -> str:
    """Return one certificate."""
    counts = ", ".join(f"{number} {name}" for name, number in certificate.counts().items() if number)
    name = f"`{certificate.target['name']}` on {certificate.crm}"
    lines = [
        f"## {SIGNS[certificate.verdict]} {story.WORDS[certificate.verdict]}: {name}",
        "",
        f"Level reached: **{certificate.reached}** (asked: {certificate.level}). {counts}.",
    ]
    if certificate.failure:
        return "\n".join([lines[0], "", f"{_safe(certificate.failure)}.", ""])
    promise = story.sentence(certificate)
    lines += ["", f"For your users: {promise}"] if promise else []
    for more in story.more(certificate):
        lines += ["", f"{more}."]
    lines += _promises("Broken", story.broken(certificate), certificate)
    lines += _promises("Advice", story.advised(certificate), certificate)
    lines += _promises("Broken, not scored", story.unscored(certificate), certificate)
    lines += ["", *_waivers(certificate), *_experiences(certificate), ""]
    return "\n".join(lines)


def _promises(title: str, verdicts: list[Verdict], certificate: Certificate) -> list[str]:
    if not verdicts:
        return []
    why = [] if verdicts[0].scored else ["", f"{story.why_unscored(certificate)}."]
    mark = story.mark(certificate, verdicts)
    meant = ["", f"{_safe(mark)}."] if mark else []
    return ["", f"### {title}", *why, *(line for v in verdicts for line in _clause(v, certificate)), *meant]


def _clause(verdict: Verdict, certificate: Certificate) -> list[str]:
    head = f"**{verdict.clause.title}** (`{verdict.clause.id}`){story.about(certificate, verdict)}"
    if not verdict.violations:
        return ["", f"- {head}: {verdict.reason}"]
    first = verdict.violations[0]
    lines = ["", f"- {head}, in {len(verdict.violations)} of {verdict.judged} calls, first in `{first.scenario}`:"]
    lines += [f"  - at: `{first.at}`"] if first.at else []
    lines += [
        f"  - expected: {_safe(first.expected)}",
        f"  - got: {_safe(first.got)}",
        f"  - hint: {_safe(first.hint)}",
    ]
    lines += [f"  - wire: {_code(line)}" for line in wire(first)]
    lines += [f"  - {name}: {_code(line)}" for name, line in ending(first)]
    return [*lines, f"  - repeat: `{repeat(certificate, verdict, first.scenario)}`"]


def _waivers(certificate: Certificate) -> list[str]:
    rows = []
    for applied in certificate.waivers:
        waiver = applied.waiver
        state = applied.problem or f"covers {applied.used} cases"
        why = f"{_cell(waiver.reason)} (until {waiver.expires})"
        rows.append(f"| `{waiver.clause}` | `{waiver.scenario}` | {why} | {_cell(state)} |")
    return ["### Waivers", "", "| clause | scenario | reason | |", "|---|---|---|---|", *rows, ""] if rows else []


def _experiences(certificate: Certificate) -> list[str]:
    head = ["<details><summary>What users will experience</summary>", "", "| when | the user sees | the appointment |"]
    rows = [_row(each) for each in story.experiences(certificate)]
    return [*head, "|---|---|---|", *rows, "", "</details>"]


def _row(each: story.UserRow) -> str:
    when = f"{each.interface}: {each.when}" if each.interface else each.when
    return f"| {_cell(when)} | {_cell(' / '.join(each.shown))} | {_cell(' / '.join(each.afterwards))} |"


def _code(text: str) -> str:
    return f"`{visible(text).replace('`', chr(39))[:300]}`"


def _safe(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    flat = visible(" ".join(text.split()))
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in flat)


def _cell(text: str) -> str:
    return _safe(text)[:400]

"""The report as one HTML file: no network, no other file, and a policy that runs its own style and script only."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from greenroom.contracts.clauses.judge import Verdict, in_short
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import ending, said, wire
from greenroom.contracts.reports.repeat import repeat
from greenroom.contracts.reports.space_time import picture
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.visible import visible

TEMPLATES = Path(__file__).with_name("templates")
STYLE, SCRIPT = TEMPLATES / "report.css", TEMPLATES / "report.js"
BREAKS = re.compile(r"(?<=[/?&=.,_])(?=[\w\"])")
"""Where a long word may go on in the next line."""
MOST = 5
"""Violations of one clause that are shown whole; the others are counted."""
OUTCOMES = ("failed", "errored", "waived", "advice", story.NOT_SCORED, "passed", "skipped")


class HtmlReport:
    """Writes every certificate of a run into one page, with a matrix where there are several."""

    several = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._certificates: list[Certificate] = []

    def handle(self, event: Event) -> None:
        """Write at the end of each target."""
        if isinstance(event, RunFinished):
            self._certificates.append(event.certificate)
            self._path.write_text(page(self._certificates), "utf-8", newline="\n")


@dataclass(frozen=True)
class Page:
    """What the template tells of one certificate."""

    certificate: Certificate

    @property
    def experiences(self) -> dict[str, list[story.UserRow]]:
        """What users will experience, by interface; without a name where only one was judged."""
        found: dict[str, list[story.UserRow]] = {}
        for row in story.experiences(self.certificate):
            found.setdefault(row.interface, []).append(row)
        return found

    @property
    def sentence(self) -> str | None:
        """The sentence for the connector's documentation."""
        return story.sentence(self.certificate)

    @property
    def more(self) -> list[str]:
        """What else there is to say of the run."""
        return story.more(self.certificate)

    @property
    def broken(self) -> list[Verdict]:
        """The musts that failed."""
        return story.broken(self.certificate)

    @property
    def contents(self) -> dict[str, str]:
        """The headings below the broken promises, by the names of their places."""
        advice = {"advice": f"Advice ({len(self.advised)})"} if self.advised else {}
        unscored = {"unscored": f"Broken, not scored ({len(self.unscored)})"} if self.unscored else {}
        waivers = {"waivers": "Waivers"} if self.certificate.waivers else {}
        tables = {"all": "All clauses", "time": "Where the time went"}
        return {"users": "What users of this connector will experience", **advice, **unscored, **waivers, **tables}

    @property
    def advised(self) -> list[Verdict]:
        """The shoulds that failed."""
        return story.advised(self.certificate)

    @property
    def unscored(self) -> list[Verdict]:
        """What failed and decides nothing."""
        return story.unscored(self.certificate)


def environment() -> Environment:
    """Return what fills the templates: everything is escaped, and long words are breakable."""
    loader = FileSystemLoader(TEMPLATES)
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    found.filters["soft"] = soft
    return found


def page(certificates: list[Certificate]) -> str:
    """Return the whole page."""
    style, script = STYLE.read_text("utf-8"), SCRIPT.read_text("utf-8")
    several = len(certificates) > 1
    headings = ("h2", "h3", "h4") if several else ("h1", "h2", "h3")
    return (
        environment()
        .get_template("report.html")
        .render(
            pages=[Page(certificate) for certificate in certificates],
            matrix=_matrix(certificates),
            words=story.WORDS,
            outcome=story.outcome,
            outcomes=OUTCOMES,
            css=lambda name: name.replace(" ", "-"),
            repeat=repeat,
            about=story.about,
            why_unscored=story.why_unscored,
            ending=ending,
            mark=story.mark,
            said=said,
            wire=wire,
            picture=picture,
            short=in_short,
            most=MOST,
            style=style,
            script=script,
            style_hash=style_hash(style),
            script_hash=style_hash(script),
            **dict(zip(("top", "second", "third"), headings, strict=True)),
        )
    )


def _matrix(certificates: list[Certificate]) -> list[dict[str, Any]]:
    """Return the outcome of every clause for every certificate."""
    several = any(len(certificate.interfaces) > 1 for certificate in certificates)
    by_id = [
        {f"{v.clause.id} ({v.interface})" if several else v.clause.id: story.outcome(v) for v in c.verdicts}
        for c in certificates
    ]
    names = dict.fromkeys(name for outcomes in by_id for name in outcomes)
    return [{"id": name, "outcomes": [outcomes.get(name, "skipped") for outcomes in by_id]} for name in names]


def soft(text: str) -> Markup:
    """Return a text with control characters seen, which goes on in the next line after punctuation, not in a word."""
    return Markup("<wbr>").join(BREAKS.split("\n".join(map(visible, text.split("\n")))))


def style_hash(text: str) -> str:
    """Return what a policy calls a style or script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

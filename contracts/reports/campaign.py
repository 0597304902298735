"""A standing campaign for people: one static page, and lines for a terminal. No network, no script."""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from greenroom.contracts.campaign.standing import Standing
from greenroom.contracts.fuzz.cells import NO_STAGE, Cell
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.reports.html import TEMPLATES, style_hash

SHOWN = 10
"""Cells that are not reached and that a terminal shows."""


def page(standing: Standing, moment: datetime, stories: Path) -> str:
    """Return the page of a campaign as it stands; ``stories`` is the folder of those that it found."""
    style = (TEMPLATES / "report.css").read_text("utf-8")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    space, missing = standing.plan.space, set(standing.missing)
    return environment.get_template("campaign.html").render(
        name=standing.plan.name,
        version=version("greenroom"),
        moment=moment.isoformat(" ", "seconds"),
        verdict=_verdict(standing),
        sentence=sentence(standing),
        counts=counts(standing),
        rows=list(standing.rows.values()),
        others=standing.others,
        errored=list(standing.errored.values()),
        found=_found(standing, stories),
        reached=len(space.wanted) - len(missing),
        wanted=len(space.wanted),
        groups=_groups(space.wanted, missing),
        rules=_rules(standing),
        wrong=list(map(str, standing.wrong)),
        style=style,
        style_hash=style_hash(style),
    )


def _verdict(standing: Standing) -> str:
    """Return the style of the verdict: broken by default."""
    if standing.found:
        return "not-certified"
    return "errored" if standing.left or standing.missing or standing.errored else "holds"


def sentence(standing: Standing) -> str:
    """Say in a sentence how the campaign stands."""
    found = f"{len(standing.found)} broken promises" if standing.found else "no broken promise"
    if standing.left:
        return f"{len(standing.left)} of {len(standing.plan.parts)} parts are left to play; {found} by now."
    cells = f"{cells_were(len(standing.missing))} not reached" if standing.missing else "every cell was reached"
    return f"All was played: {found}; {cells}."


def cells_were(number: int) -> str:
    """Begin a sentence about a number of cells."""
    return "1 cell was" if number == 1 else f"{number} cells were"


def counts(standing: Standing) -> list[str]:
    """Return the numbers of a campaign."""
    wanted = len(standing.plan.space.wanted)
    return [
        f"{standing.total('played')} of {len(standing.plan.parts)} parts",
        f"{standing.total('stories')} stories",
        f"{standing.total('calls')} judged calls",
        f"{wanted - len(standing.missing)} of {wanted} cells",
        f"{len(standing.found)} stories found",
    ]


def lines(standing: Standing, place: Path) -> list[str]:
    """Return what a terminal shows at the end; ``place`` is the page."""
    found = [f"BROKEN {clause}: {target} on {crm}" for target, crm, clause in standing.found]
    missing = [f"  not reached: {cell}" for cell in standing.missing[:SHOWN]]
    more = len(standing.missing) - len(missing)
    rest = [f"  and {more} more cells, see the page"] if more > 0 else []
    wrong = [f"  left out, and yet reached: {cell}" for cell in standing.wrong]
    return [*found, sentence(standing), *missing, *rest, *wrong, f"  {', '.join(counts(standing))}", f"  page: {place}"]


def _found(standing: Standing, stories: Path) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "crm": crm,
            "clause": clause,
            "title": found.broken.title if found.broken else clause,
            "told": sentences(found.story.steps),
            "expected": found.story.expected,
            "got": found.story.got,
            "repeat": f"greenroom replay {found.place or stories}",
        }
        for (target, crm, clause), found in sorted(standing.found.items())
    ]


def _groups(wanted: frozenset[Cell], missing: set[Cell]) -> list[dict[str, Any]]:
    """Return the cells by interface and circumstance."""
    return [
        {
            "interface": name,
            "wanted": len(cells := [cell for cell in wanted if cell.interface == name]),
            "reached": len(set(cells) - missing),
            "lines": [_line(each, cells, missing) for each in sorted({cell.circumstance for cell in cells})],
        }
        for name in sorted({cell.interface for cell in wanted})
    ]


def _line(circumstance: str, cells: Sequence[Cell], missing: set[Cell]) -> dict[str, Any]:
    own = {cell for cell in cells if cell.circumstance == circumstance}
    texts: dict[tuple[str, str], list[str]] = {}
    for cell in sorted(own & missing):
        texts.setdefault((cell.outcome, cell.order), []).append(_fault(cell))
    said = [f"{outcome}, {order}: {', '.join(faults)}" for (outcome, order), faults in texts.items()]
    return {"circumstance": circumstance, "wanted": len(own), "reached": len(own - missing), "missing": said}


def _fault(cell: Cell) -> str:
    return cell.fault if cell.stage == NO_STAGE else f"{cell.fault}@{cell.stage}"


def _rules(standing: Standing) -> list[dict[str, Any]]:
    return [
        {
            "count": count,
            "which": [f"{name}: {', '.join(globs)}" for name, globs in rule.globs.items()],
            "reason": rule.reason,
            "by": "Greenroom" if rule.ours else "the plan",
        }
        for rule, count in standing.plan.space.counts()
    ]

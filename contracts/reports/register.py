"""The page of a register: who is certified at what level, by which set, since when. No network, no script."""

from collections.abc import Sequence
from datetime import date

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from greenroom.contracts.attestation.register import Entry
from greenroom.contracts.reports.html import TEMPLATES, style_hash
from greenroom.contracts.reports.story import WORDS

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem}th,td{padding:.4rem .8rem;text-align:left;vertical-align:top}"
)


def register_page(entries: Sequence[Entry], day: date) -> str:
    """Return the page of some verified entries, made on a day. What products say of themselves is escaped."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("register.html")
    return template.render(entries=entries, day=day.isoformat(), words=WORDS, style=STYLE, style_hash=style_hash(STYLE))

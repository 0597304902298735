"""The page of a register: who is certified at what level, by which set, since when. No network, no script."""

from collections.abc import Sequence
from datetime import date

from greenroom.contracts.attestation.register import Entry
from greenroom.contracts.reports.html import STYLE, environment, style_hash
from greenroom.contracts.reports.story import WORDS


def register_page(entries: Sequence[Entry], day: date) -> str:
    """Return the page of some verified entries, made on a day. What products say of themselves is escaped."""
    style = STYLE.read_text("utf-8")
    template = environment().get_template("register.html")
    return template.render(entries=entries, day=day.isoformat(), words=WORDS, style=style, style_hash=style_hash(style))

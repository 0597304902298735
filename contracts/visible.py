"""Texts of others as one visible line: what a connector or a CRM says cannot move a cursor or forge a line of ours."""

import unicodedata

HARMLESS = "\t\u200c\u200d"
"""Also shown as they are: tabs, and the joiners that Persian words and emoji need."""


def visible(text: str) -> str:
    """Return the text with control characters escaped: newlines, bells, colours, and what turns the writing around."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(each: str) -> str:
    plain = each.isprintable() or each in HARMLESS or unicodedata.category(each) == "Zs"
    return each if plain else repr(each)[1:-1]

"""When what was asked for and what a CRM holds are the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from greenroom.contracts.interfaces.interface import Part

NEAR = timedelta(minutes=1)
"""Moments nearer than this are the same: some CRMs keep no seconds."""


def text(value: Any) -> str:
    """Return a text as it counts: CRMs write line ends in their own way, and cut blanks at the ends."""
    return str(value or "").replace("\r\n", "\n").strip()


def contact_ids(asked: Part) -> list[str]:
    """Return the ids of the contacts that a payload or a patch names, in any of their three forms, each once."""
    given = (each.get("id") if isinstance(each, Mapping) else each for each in asked.get("contacts") or ())
    return list(dict.fromkeys(map(str, given)))

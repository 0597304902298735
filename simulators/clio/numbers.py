"""Whole numbers as clients send them."""

from typing import Any


def whole(value: Any, digits: int = 18) -> int | None:
    """Return a whole number, or None where it is none: ``isdigit`` alone lets ``²`` pass, and any length."""
    text = "" if isinstance(value, bool) else str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None

"""Reports of version 1, from before reports had a version: the same facts under other names."""

from collections.abc import Mapping
from typing import Any

RENAMED = {"situation": "scenario", "situations": "scenarios"}
_PLACES = ("calls", "clauses", "violations", "waivers", "selection")
"""Keys that contain renamed keys. Elsewhere (in a user, in a body) such a word has another meaning."""


def upgraded(stored: Any) -> Any:
    """Return a report in the present version. Return other data unchanged."""
    if not isinstance(stored, Mapping) or "version" in stored:
        return stored
    return {**_renamed(stored), "version": 2}


def _renamed(part: Mapping[str, Any]) -> dict[str, Any]:
    return {RENAMED.get(key, key): _within(key, value) for key, value in part.items()}


def _within(key: str, value: Any) -> Any:
    if key not in _PLACES:
        return value
    if isinstance(value, list):
        return [_renamed(each) if isinstance(each, Mapping) else each for each in value]
    return _renamed(value) if isinstance(value, Mapping) else value

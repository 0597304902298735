"""Bullhorn's surface: the calls of its API reference (2026), its log-in and its authorization server."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from greenroom.simulators.core.surface import load

SURFACE = load(Path(__file__).with_name("surface.json"))
_DEFAULTS: Mapping[str, str] = {"meta": "off", "showEditable": "false"}
"""Parameters that are not simulated, and the values with which they ask for nothing."""


def asking(args: Mapping[str, str]) -> Iterable[str]:
    """Return the names of a query's parameters, without those that ask for nothing."""
    return [name for name, value in args.items() if _DEFAULTS.get(name) != value]

"""Clio's surface: the names of its published description (API v4, April 2026) and of its log-in."""

from pathlib import Path

from greenroom.simulators.core.surface import load

SURFACE = load(Path(__file__).with_name("surface.json"))

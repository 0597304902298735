"""How deep JSON nests: whatever reads it recurs as deep, so that there is a limit."""

from typing import Any

MOST = 50
"""Levels of what is sent; no appointment comes near it."""
MOST_OF_A_WORLD = 64
"""Levels of a saved world: its records stand some levels deep in it."""


def deeper(value: Any, levels: int) -> bool:
    """Tell whether JSON nests deeper than so many levels, without recursion."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list | tuple)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return any(isinstance(each, dict | list | tuple) for each in level)

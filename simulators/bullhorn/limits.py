"""Bullhorn's rate limit: so many calls a minute for an account."""

from greenroom.simulators.bullhorn.errors import RateLimited
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.world import World

WINDOW = 60
"""Seconds."""
NO_LIMIT = 1_000_000
_KEY = "calls"


def limit(world: World) -> int:
    """Return how many calls a minute this world allows."""
    chosen = world.switches["rate-limit"]
    return NO_LIMIT if chosen == "off" else int(chosen)


def count(now: Exchange) -> None:
    """Count a call.

    Raises:
        RateLimited: it was one too many.

    """
    window, used = _used(now.world)
    now.world.counters[_KEY] = (window, used + 1)
    if used >= limit(now.world):
        wait = now.world.switches["retry-after"]
        raise RateLimited(None if wait == "none" else wait)


def exhaust(now: Exchange) -> None:
    """Let this minute's calls be used up, as if the account's other programs had sent them."""
    window, used = _used(now.world)
    now.world.counters[_KEY] = (window, max(used, limit(now.world)))


def headers(world: World) -> dict[str, str]:
    """Return the three headers that answers carry."""
    _, used = _used(world)
    return {
        "ratelimit-limit": str(limit(world)),
        "ratelimit-remaining": str(max(limit(world) - used, 0)),
        "ratelimit-reset": str(WINDOW - _seconds(world) % WINDOW),
    }


def _used(world: World) -> tuple[int, int]:
    window = _seconds(world) // WINDOW
    counted: tuple[int, int] = world.counters.get(_KEY, (window, 0))
    return counted if counted[0] == window else (window, 0)


def _seconds(world: World) -> int:
    return int(world.clock.now().timestamp())

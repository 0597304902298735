"""Clio's rate limit: so many requests a minute for each access token."""

from greenroom.simulators.clio.errors import RateLimited
from greenroom.simulators.core.exchange import Exchange

WINDOW = 60
"""Seconds."""
NO_LIMIT = 1_000_000


def limit(now: Exchange) -> int:
    """Return how many requests a minute this world allows."""
    chosen = now.world.switches["rate-limit"]
    return NO_LIMIT if chosen == "off" else int(chosen)


def count(now: Exchange) -> None:
    """Count a request of a known token.

    Raises:
        RateLimited: it was one too many.

    """
    window, used = _used(now)
    now.world.counters[_key(now)] = (window, used + 1)
    if used >= limit(now):
        raise RateLimited(limit(now), (window + 1) * WINDOW - _seconds(now))


def exhaust(now: Exchange) -> None:
    """Let this minute's requests be used up, as if the app had sent them elsewhere."""
    window, used = _used(now)
    now.world.counters[_key(now)] = (window, max(used, limit(now)))


def headers(now: Exchange) -> dict[str, str]:
    """Return the three headers that every answer carries."""
    window, used = _used(now)
    most = limit(now)
    return {
        "X-RateLimit-Limit": str(most),
        "X-RateLimit-Remaining": str(max(most - used, 0)),
        "X-RateLimit-Reset": str((window + 1) * WINDOW),
    }


def _used(now: Exchange) -> tuple[int, int]:
    window = _seconds(now) // WINDOW
    counted: tuple[int, int] = now.world.counters.get(_key(now), (window, 0))
    return counted if counted[0] == window else (window, 0)


def _key(now: Exchange) -> tuple[str, str]:
    return ("requests", now.token.value if now.token else "")


def _seconds(now: Exchange) -> int:
    return int(now.world.clock.now().timestamp())

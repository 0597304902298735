"""NetSuite's governance: so many requests at once for the whole account."""

from greenroom.simulators.core.exchange import Exchange


def exhaust(now: Exchange) -> None:
    """Let the account's other integrations use the whole pool while this request comes."""
    now.crowded = True


def enter(now: Exchange) -> bool:
    """Count a request in; False where the account's pool is exhausted."""
    with now.world.lock:
        running = now.world.counters.get("running", 0)
        if now.crowded:
            return False
        if now.world.switches["concurrency"] != "off" and running >= int(now.world.switches["concurrency"]):
            return False
        now.world.counters["running"] = running + 1
    now.counted = True
    return True


def leave(now: Exchange) -> None:
    """Count a request out that was counted in."""
    if now.counted:
        with now.world.lock:
            now.world.counters["running"] -= 1

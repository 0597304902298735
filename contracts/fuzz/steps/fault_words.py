"""Faults in sentences."""

from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.faults.spec import parse

STAGES = {
    "connection": "as a connection begins",
    "before-authentication": "before the token is looked at",
    "before-commit": "before anything is written",
    "after-commit": "when it is done already",
    "in-body": "in the middle of the answer",
}
REQUESTS = {
    **{interface.effect: f"the request that would {interface.act}" for interface in CALLED.values()},
    "read": "a request that reads",
    "look": "a request that only asks",
    "write": "a request that writes",
    "any": "a request",
}


def fault_words(fault: str) -> str:
    """Return a fault, as it is armed, as a part of a sentence."""
    armed = parse(fault)
    value = f" {armed.value}" if armed.value else ""
    title = f"{armed.fault.title}{value}"
    if armed.stage == "connection":
        return f"a fault as it connects{_times(armed)}: {title}"
    request = REQUESTS.get(armed.on, f"'{armed.on}'")
    return f"a fault at {request}, {STAGES[armed.stage]}{_times(armed)}: {title}"


def _times(armed: Armed) -> str:
    """Return how often it fires, and from when on."""
    times = f", {armed.times} times" if armed.times > 1 else ""
    skip = f", after {armed.skip} that pass" if armed.skip else ""
    after = f", once {REQUESTS.get(armed.after, repr(armed.after))} came" if armed.after else ""
    return f"{times}{skip}{after}"

"""The faults of a call in a story, as they are drawn."""

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from greenroom.contracts.fuzz.choices import either, some
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.simulators.core.arming.fault import CONNECTION, Fault, FaultError
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse

QUICK_FAULTS = [fault for fault in FAULTS.values() if not (fault.slow or fault.silent)]
"""The others take time, or are no trouble: certification plays them, thousands of stories would wait for them."""
FREQUENT = (
    "reset,stage=after-commit",
    "status=503,stage=before-commit",
    "edited,stage=before-authentication",
    "cancelled,stage=before-authentication",
    "expired,stage=before-authentication",
)
"""What happens most: an answer is lost, the CRM is down, somebody else was quicker, an hour is over."""


def frequent(interface: str) -> list[str]:
    """Return the frequent faults as they are armed for the requests of an interface."""
    return [f"{fault},on={CALLED[interface].effect}" for fault in FREQUENT]


def variants(fault: Fault[Any], interface: str) -> list[str]:
    """Return a fault with each of its quick values, at each stage and each kind of request, as it is armed."""
    effects = tuple(dict.fromkeys((CALLED[interface].effect, "read", "any")))
    values = [f"{fault.name}={value}" for value in fault.values if value not in fault.slow_values] or [fault.name]
    places = [(stage, on) for stage in fault.stages for on in (effects if stage != CONNECTION else effects[:1])]
    texts = [f"{value},stage={stage},on={on}" for value in values for stage, on in places]
    return [text for text in texts if _can_be_armed(text)]


def _can_be_armed(text: str) -> bool:
    try:
        parse(text)
    except FaultError:
        return False
    return True


@cache
def some_faults(interface: str, least: int = 0) -> SearchStrategy[list[str]]:
    """Draw the faults of a call: a list, so that what fails once may fail again, or work."""
    times = some(("", ",times=2"))
    quick = [some(variants(fault, interface)) for fault in QUICK_FAULTS]
    one = st.builds(lambda fault, more: fault + more, either(*quick), times)
    return st.lists(either(some(frequent(interface)), one), min_size=least, max_size=2)


@cache
def maybe_frequent(interface: str) -> SearchStrategy[list[str]]:
    """Draw one frequent fault, most often a lost answer, or none."""
    often = frequent(interface)
    return st.lists(some((often[0], *often)), max_size=1)

"""Faults as people and programs write them: ``status=503,stage=after-commit,times=2``, or the same as JSON."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.arming.armed import Armed
from greenroom.simulators.core.arming.fault import FaultError
from greenroom.simulators.core.arming.retry_after import retry_after
from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.names import did_you_mean

KEYS = ("stage", "on", "times", "skip", "after", "retry-after")
NUMBERS = ("times", "skip")


def parse(text: str, own: str = "cancel") -> Armed:
    """Read ``NAME[=VALUE][,KEY=VALUE…]``; the keys are those of ``KEYS``.

    ``own``: the requests that it hits where it names none.

    Raises:
        FaultError: no such fault, or one that cannot be armed so.

    """
    first, *rest = text.split(",")
    name, _, value = first.partition("=")
    options: dict[str, Any] = {}
    for part in rest:
        key, equals, given = part.partition("=")
        if key not in KEYS or not equals:
            advice = did_you_mean(key, KEYS) if equals else f"with one of: {', '.join(KEYS)}"
            raise FaultError(f"'{part}' of fault '{text}' is not KEY=VALUE; {advice}")
        if key in options:
            raise FaultError(f"fault '{text}' has {key} twice; give it once")
        options[key] = _number(key, given) if key in NUMBERS else given
    return make(name, {"on": own, **options, **({"value": value} if value else {})})


def _number(key: str, given: str) -> int:
    if not given.removeprefix("-").isdecimal():
        raise FaultError(f"{key}={given}: a whole number is needed")
    return int(given)


def make(name: str, options: Mapping[str, Any]) -> Armed:
    """Make a fault of that name; ``options`` as in :func:`parse`, with ``value``.

    Raises:
        FaultError: no such fault, or one that cannot be armed so.

    """
    fault = FAULTS.get(name)
    if fault is None:
        raise FaultError(f"no fault '{name}'; {did_you_mean(name, FAULTS, 'there are: ')}")
    return Armed(
        fault,
        options.get("stage", fault.stages[0]),
        options.get("value"),
        options.get("on", "cancel"),
        int(options.get("times", 1)),
        None if options.get("retry-after") is None else retry_after(options["retry-after"]),
        int(options.get("skip", 0)),
        options.get("after"),
    )

"""An update's call: its patch, and what became of it."""

from typing import Any

from greenroom.contracts.clauses.call import Call, Entry
from greenroom.contracts.interfaces.interface import Part
from greenroom.contracts.interfaces.patch import patch_of, start_of

BY_OTHERS = ("edited", "cancelled", "held")
"""Faults under which somebody else changes the appointment while the connector works."""


def patch(call: Call) -> Part:
    """Return what the call asked to be changed."""
    return patch_of(call.record)


def one_time_alone(call: Call) -> bool:
    """Return whether a patch has a start without a duration, or the reverse."""
    return (start_of(patch(call)) is None) is ("durationMinutes" in patch(call))


def _tried(call: Call) -> list[Entry]:
    return [entry for entry in call.mine if call.interface.performs(entry)]


def all_done(call: Call) -> bool:
    """Return whether every request that was to change something was confirmed by the CRM."""
    return bool(_tried(call)) and all(map(call.interface.confirmed_by, _tried(call)))


def settled(call: Call) -> bool:
    """Return whether a success can be compared with the record."""
    return call.claims_success and undisturbed(call)


def undisturbed(call: Call) -> bool:
    """Return whether the record shows what was done: nobody else set its fields at the same time, or afterwards."""
    done = min((entry["seq"] for entry in _tried(call) if call.interface.confirmed_by(entry)), default=0)
    since = any(entry["seq"] > done for fault in BY_OTHERS for entry in call.met(fault))
    return call.before == "live" and not call.raced and not since and "status" not in patch(call)


def by_others(call: Call) -> bool:
    """Return whether somebody else may have changed the record while the connector worked."""
    return call.raced or any(call.met(fault) for fault in BY_OTHERS)


def asked(call: Call, names: list[str]) -> str:
    """Return parts of the patch in words."""
    return ", ".join(f"{name}: {short(patch(call)[name])}" for name in names)


def found(call: Call, names: list[str], when: str = "after") -> str:
    """Return what the CRM holds in place of what was asked."""
    held = call.held(when)
    if held is None:
        return f"the appointment is {call.record['state'][when]}"
    shown = {**held, "summary": held["description"], "startTime": held["startTimeUtc"], "contacts": held["attendees"]}
    return ", ".join(f"{name}: {short(shown.get(name))}" for name in names)


def short(value: Any) -> str:
    """Return a value as it is written in evidence."""
    return f"{value!r}"[:160]

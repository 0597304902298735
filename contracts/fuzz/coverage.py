"""What a fuzz covered: in which circumstances, under which faults, calls ended how."""

from collections import Counter

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.fuzz.interfaces import CALLED

NO_FAULT = "no fault"


class Coverage(Counter[tuple[str, str, str]]):
    """Calls by circumstance, fault and outcome."""

    def count(self, call: Call) -> None:
        """Count a call."""
        faults = {entry["fault"].partition("@")[0] for entry in call.entries if entry["fault"]}
        for fault in faults or {NO_FAULT}:
            self[circumstance(call), fault, outcome(call)] += 1

    def names(self, place: int) -> list[str]:
        """Return what was seen of circumstances (0), faults (1) or outcomes (2), in order."""
        return sorted({key[place] for key in self})


def circumstance(call: Call) -> str:
    """Say in which circumstances a call was made."""
    if call.concurrent:
        return "two at once"
    if call.before == "never":
        return "never existed"
    if call.is_over("before"):
        return "over before"
    if call.actor["access"] not in CALLED[call.interface.name].rights:
        return f"may not ({call.actor['access']})"
    return "plain" if call.actor["credential"] == "valid" else f"token {call.actor['credential']}"


def circumstances(interface: str) -> list[str]:
    """Return all circumstances in which an interface may be called."""
    actor = schemas.load("call")["properties"]["actor"]["properties"]
    refused = [f"may not ({right})" for right in actor["access"]["enum"] if right not in CALLED[interface].rights]
    bad = [f"token {state}" for state in actor["credential"]["enum"] if state != "valid"]
    return ["plain", "two at once", "never existed", "over before", *refused, *bad]


def outcome(call: Call) -> str:
    """Say how a call ended, as App Connect takes it."""
    if not call.returned:
        return call.kind
    return "success" if call.claims_success else "failure" if call.claims_failure else "unclear"

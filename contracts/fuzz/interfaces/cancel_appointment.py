"""``cancelAppointment`` in stories. Nothing else in this package knows that an interface cancels."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.fuzz.differences import Difference, Pair
from greenroom.contracts.fuzz.interfaces.interface import OVER, CalledInterface, always
from greenroom.contracts.interfaces import CANCEL


def _told_apart(pair: Pair) -> bool:
    return pair.told_apart and pair.one.after == pair.other.after == OVER


def _quicker(pair: Pair) -> bool:
    before = pair.one.before == pair.other.before == "live"
    return before and _told_apart(pair) and (pair.one.call.raced or bool(pair.one.call.met("cancelled")))


DIFFERENCES = (
    Difference(
        "carried-on",
        lambda pair: pair.one.before != pair.other.before,
        "After an earlier difference",
        {
            "clio": "The appointment stands, or is gone, because of what happened before.",
            "netsuite": "The event stands, or is cancelled, because of what happened before.",
            "bullhorn": "The appointment stands, or is deleted, because of what happened before.",
        },
        "A story goes on from its state: one difference leads to later ones",
    ),
    Difference(
        "over-before",
        lambda pair: pair.one.before == OVER and _told_apart(pair),
        "It was cancelled already",
        {
            "clio": "'Appointment not found': it was deleted, and Clio responds as if it had never existed.",
            "netsuite": "Success: the event is still there, and is set to cancelled once more.",
            "bullhorn": "Success: the record is still there, and is marked as deleted once more.",
        },
        "Clio deletes, so 'gone' and 'never there' look the same; NetSuite and Bullhorn keep the record",
    ),
    Difference(
        "who-may",
        lambda pair: pair.one.before == "live" and pair.one.call.actor["access"] != pair.other.call.actor["access"],
        "Who may cancel what",
        {
            "clio": "A calendar's owner and its editors may; of other people's calendars nothing is found.",
            "netsuite": "A role that may edit events may also cancel those of others, unless they are private.",
            "bullhorn": "Whoever may update everybody's appointments may also cancel those of others.",
        },
        "Clio gives rights by calendar, NetSuite by role, Bullhorn by entitlement",
    ),
    Difference(
        "somebody-was-quicker",
        _quicker,
        "Another user cancels it at the same moment",
        {
            "clio": "'Appointment not found' for the second user.",
            "netsuite": "Success for both.",
            "bullhorn": "Success for both.",
        },
        "As above: the second request finds no entry in Clio, and a cancelled record in NetSuite and Bullhorn",
    ),
    Difference(
        "not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "A fault that only one of them met",
        {
            "clio": "The connector read first, was refused, and never sent the request for which the fault was armed.",
            "netsuite": "The connector sent that request at once.",
            "bullhorn": "The connector sent that request at once.",
        },
        "A connector decides how many requests it sends",
    ),
)
"""Every allowed difference, in the order in which they are looked for."""

CANCEL_APPOINTMENT = CalledInterface(CANCEL.name, "cancels", "cancel", "cancel", ("cancel",), always(OVER), DIFFERENCES)

OLD_STEPS: Mapping[Any, str] = {"cancels": "calls", "cancel at once": "calls at once"}
"""Steps of stories that Greenroom 0.1 wrote, when this was the only interface, and what they are called today."""
OLD_HOLDS: Mapping[Any, str] = {
    "held": "held,on=cancel",
    "none,stage=after-commit": "none,stage=after-commit,on=cancel",
}


def renewed(step: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a step as it is written today; one that is already stays as it is."""
    do = OLD_STEPS.get(step["do"])
    if do is None:
        return step
    if "calls" not in step:
        return {**step, "do": do, "interface": CANCEL.name}
    calls = [{"interface": CANCEL.name, **call} for call in step["calls"]]
    return {**step, "do": do, "calls": calls, "hold": OLD_HOLDS.get(step["hold"], step["hold"])}

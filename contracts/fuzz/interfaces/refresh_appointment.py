"""``refreshAppointment`` in stories: it brings an appointment to no other state."""

from greenroom.contracts.fuzz.differences import Difference, Pair
from greenroom.contracts.fuzz.interfaces.interface import OVER, CalledInterface, always
from greenroom.contracts.interfaces import REFRESH


def _somebody_may_not(pair: Pair) -> bool:
    return any(each.call.actor["access"] != "cancel" for each in (pair.one, pair.other))


DIFFERENCES = (
    Difference(
        "read-after-a-difference",
        lambda pair: pair.one.before != pair.other.before,
        "A refresh after an earlier difference",
        {
            "clio": "The appointment stands, or is gone, because of what happened before.",
            "netsuite": "The event stands, or is cancelled, because of what happened before.",
            "bullhorn": "The appointment stands, or is deleted, because of what happened before.",
        },
        "A story goes on from its state: one difference leads to later ones",
    ),
    Difference(
        "cancelled-is-shown",
        lambda pair: pair.told_apart and pair.one.after == pair.other.after == OVER,
        "A refresh of one that was cancelled",
        {
            "clio": "'Appointment not found': it was deleted.",
            "netsuite": "The event is shown as cancelled.",
            "bullhorn": "The appointment is shown as cancelled.",
        },
        "Clio deletes; NetSuite keeps the event with its status, Bullhorn the record with a flag",
    ),
    Difference(
        "who-may-look",
        _somebody_may_not,
        "Who may see what",
        {
            "clio": "Whoever may view a calendar sees its entries.",
            "netsuite": "A role that may only view events may be refused, and private events are their owner's.",
            "bullhorn": "Whoever may read everybody's appointments sees them; of private ones others see no details.",
        },
        "Clio gives rights by calendar, NetSuite by role, Bullhorn by entitlement",
    ),
    Difference(
        "read-not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "A refresh under a fault that only one of them met",
        {
            "clio": "The connector sent no request for which the fault was armed.",
            "netsuite": "The connector sent that request.",
            "bullhorn": "The connector may read the attendees in a request of its own.",
        },
        "A connector decides how many requests it sends",
    ),
)

REFRESH_APPOINTMENT = CalledInterface(
    REFRESH.name, "refreshes", "read", "read", ("cancel", "view", "forbidden"), always(), DIFFERENCES
)

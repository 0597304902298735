"""``listAppointments`` in stories: it asks for the days around an appointment, and changes nothing."""

from greenroom.contracts.fuzz.differences import Difference, Pair
from greenroom.contracts.fuzz.interfaces.interface import CalledInterface, always
from greenroom.contracts.interfaces import LIST


def _somebody_may_not(pair: Pair) -> bool:
    return bool(pair.one.call.actor["access"] != pair.other.call.actor["access"])


DIFFERENCES = (
    Difference(
        "who-may-list",
        _somebody_may_not,
        "Who may list at all",
        {
            "clio": "Whoever may see no calendar is refused.",
            "netsuite": "A role without a permission for events is refused.",
            "bullhorn": "Whoever may not read appointments is refused.",
        },
        "Clio gives rights by calendar and by app, NetSuite by role, Bullhorn by entitlement",
    ),
    Difference(
        "list-not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "A list under a fault that only one of them met",
        {
            "clio": "The connector sent no request for which the fault was armed.",
            "netsuite": "The connector sent that request.",
            "bullhorn": "The connector reads attendees in requests of their own.",
        },
        "A connector decides how many requests it sends",
    ),
)

LIST_APPOINTMENTS = CalledInterface(
    LIST.name, "lists the days around", "list", "look", ("view",), always(), DIFFERENCES, alone="lists the coming days"
)

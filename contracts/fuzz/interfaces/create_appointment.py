"""``createAppointment`` in stories: what it makes has a name, so that later steps can be about it."""

from hypothesis import strategies as st

from greenroom.contracts.fuzz.choices import either
from greenroom.contracts.fuzz.contents import DRAWN, Asks
from greenroom.contracts.fuzz.differences import Difference
from greenroom.contracts.fuzz.interfaces.interface import OVER, CalledInterface, always
from greenroom.contracts.interfaces import CREATE
from greenroom.contracts.interfaces.create import THERE

NEEDS = ("title", "summary", "startTimeUtc", "durationMinutes")
"""What App Connect always passes."""
MORE = (*NEEDS, "contacts")
"""What it passes where somebody is invited."""

DIFFERENCES = (
    Difference(
        "who-may-make",
        lambda pair: pair.one.call.actor["access"] != pair.other.call.actor["access"],
        "Who may make an appointment",
        {
            "clio": "Whoever may write to a calendar may make one.",
            "netsuite": "A role that may edit events may make one.",
            "bullhorn": "Whoever may create appointments may make one.",
        },
        "Clio gives rights by calendar, NetSuite by role, Bullhorn by entitlement",
    ),
    Difference(
        "make-not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "A new appointment under a fault that only one of them met",
        {
            "clio": "The connector was refused before it sent the request for which the fault was armed.",
            "netsuite": "The connector sent that request.",
            "bullhorn": "The connector sent that request.",
        },
        "A connector decides how many requests it sends",
    ),
)

CREATE_APPOINTMENT = CalledInterface(
    CREATE.name,
    "creates",
    "create",
    "create",
    ("create",),
    always(*THERE, OVER),  # a connector may take back what it could not finish
    DIFFERENCES,
    asks=Asks(
        either(*(st.fixed_dictionaries({name: DRAWN[name] for name in names}) for names in (NEEDS, MORE))),
        lambda _key, payload: payload,
        NEEDS,
    ),
)

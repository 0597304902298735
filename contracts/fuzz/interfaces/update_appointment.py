"""``updateAppointment`` in stories: a patch of any fields, or of a status alone."""

from collections.abc import Sequence

from hypothesis import strategies as st

from greenroom.contracts.fuzz.choices import either, some
from greenroom.contracts.fuzz.contents import DRAWN, Asks, Content
from greenroom.contracts.fuzz.differences import Difference, Pair
from greenroom.contracts.fuzz.interfaces.interface import OVER, CalledInterface
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.patch import CANCELLED, TAKES_PLACE

STATUS = some((*TAKES_PLACE, *CANCELLED)).map(lambda status: {"status": status})
FIELDS = st.lists(some(tuple(DRAWN)), min_size=1, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: DRAWN[name] for name in names})
)


def _states(content: Content) -> Sequence[str]:
    return ("live", OVER) if "status" in content else ()


def _of_status(pair: Pair) -> bool:
    return "status" in pair.one.call.record["params"]["patchBody"]


def _without_a_time_of_day(pair: Pair) -> bool:
    patch, held = pair.one.call.record["params"]["patchBody"], [each.call.held("before") for each in pair.both]
    whole = any(found is not None and found["allDay"] for found in held)
    return whole and ("startTimeUtc" in patch) is not ("durationMinutes" in patch)


DIFFERENCES = (
    Difference(
        "patched-after-a-difference",
        lambda pair: pair.one.before != pair.other.before,
        "An update after an earlier difference",
        {
            "clio": "The appointment stands, or is gone, because of what happened before.",
            "netsuite": "The event stands, or is cancelled, because of what happened before.",
            "bullhorn": "The appointment stands, or is deleted, because of what happened before.",
        },
        "A story goes on from its state: one difference leads to later ones",
    ),
    Difference(
        "who-may-change",
        lambda pair: pair.one.call.actor["access"] != pair.other.call.actor["access"],
        "Who may change what",
        {
            "clio": "A calendar's owner and its editors may; of other people's calendars nothing is found.",
            "netsuite": "A role that may edit events may also change those of others, unless they are private.",
            "bullhorn": "Whoever may update everybody's appointments may also change those of others.",
        },
        "Clio gives rights by calendar, NetSuite by role, Bullhorn by entitlement",
    ),
    Difference(
        "a-status",
        _of_status,
        "A status alone",
        {
            "clio": "Clio keeps no status: the update is refused.",
            "netsuite": "The event gets NetSuite's status.",
            "bullhorn": "Cancelled is done; other statuses are refused: appointments have none.",
        },
        "NetSuite's events have a status; Clio's entries have none, Bullhorn's appointments a flag",
    ),
    Difference(
        "no-time-of-day",
        _without_a_time_of_day,
        "A start or a duration alone, of an appointment without a time of day",
        {
            "clio": "The entry has both moments: the missing one follows from them.",
            "netsuite": "The event has no times: the update is refused, and asks for both.",
            "bullhorn": "The appointment has both moments: the missing one follows from them.",
        },
        "Whole days have moments in Clio and in Bullhorn; in NetSuite they have none",
    ),
    Difference(
        "patch-not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "An update under a fault that only one of them met",
        {
            "clio": "The connector sent no request for which the fault was armed.",
            "netsuite": "The connector sent that request.",
            "bullhorn": "The connector reads first, and may be refused before it sends that request.",
        },
        "A connector decides how many requests it sends",
    ),
)

UPDATE_APPOINTMENT = CalledInterface(
    UPDATE.name,
    "updates",
    "update",
    "update",
    ("cancel",),
    _states,
    DIFFERENCES,
    asks=Asks(either(FIELDS, FIELDS, FIELDS, STATUS), lambda key, patch: {"appointmentId": key, "patchBody": patch}),
)

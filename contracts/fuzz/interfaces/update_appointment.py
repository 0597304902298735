"""``updateAppointment`` in stories: a patch of any fields, or of a status alone."""

from collections.abc import Sequence

from hypothesis import strategies as st

from greenroom.contracts.fuzz.contents import DRAWN, Asks, Content
from greenroom.contracts.fuzz.differences import Difference, Pair
from greenroom.contracts.fuzz.interfaces.interface import OVER, CalledInterface
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.patch import CANCELLED, TAKES_PLACE

STATUS = st.sampled_from((*TAKES_PLACE, *CANCELLED)).map(lambda status: {"status": status})
FIELDS = st.lists(st.sampled_from(tuple(DRAWN)), min_size=1, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: DRAWN[name] for name in names})
)


def _states(content: Content) -> Sequence[str]:
    return ("live", OVER) if "status" in content else ()


def _of_status(pair: Pair) -> bool:
    return "status" in pair.one.call.record["params"]["patchBody"]


def _without_a_time_of_day(pair: Pair) -> bool:
    patch, held = pair.other.call.record["params"]["patchBody"], pair.other.call.held("before")
    return ("startTimeUtc" in patch) is not ("durationMinutes" in patch) and held is not None and held["allDay"]


DIFFERENCES = (
    Difference(
        "patched-after-a-difference",
        lambda pair: pair.one.before != pair.other.before,
        "An update after an earlier difference",
        "The appointment stands, or is gone, because of what happened before.",
        "The event stands, or is cancelled, because of what happened before.",
        "A story goes on from its state: one difference leads to later ones",
    ),
    Difference(
        "who-may-change",
        lambda pair: pair.one.call.actor["access"] != pair.other.call.actor["access"],
        "Who may change what",
        "A calendar's owner and its editors may; other people's calendars are not visible, so nothing is found.",
        "A role that may edit events may also change those of others, unless they are private.",
        "Clio gives rights by calendar, NetSuite by role",
    ),
    Difference(
        "a-status",
        _of_status,
        "A status alone",
        "Clio keeps no status: the update is refused.",
        "The event gets NetSuite's status.",
        "Clio's entries have no status; NetSuite's events have one",
    ),
    Difference(
        "no-time-of-day",
        _without_a_time_of_day,
        "A start or a duration alone, of an appointment without a time of day",
        "The entry has both moments: the missing one follows from them.",
        "The event has no times: the update is refused, and asks for both.",
        "Clio's all-day entries have moments; NetSuite's all-day events have none",
    ),
    Difference(
        "patch-not-met",
        lambda pair: pair.one.fired != pair.other.fired,
        "An update under a fault that only one of them met",
        "The connector sent no request for which the fault was armed.",
        "The connector sent that request.",
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
    asks=Asks(st.one_of(FIELDS, FIELDS, FIELDS, STATUS), lambda key, patch: {"appointmentId": key, "patchBody": patch}),
)

"""NetSuite's facts as data. Sources: the ledger's rows of the same words."""

from greenroom.simulators.core.cancellation import Transitioned
from greenroom.simulators.core.ids import Numbers
from greenroom.simulators.core.profile import Profile, Site, StoredUser, Switch
from greenroom.simulators.netsuite import formats

_TIMES = ("startDate", "startTime", "endTime", "timezone", "timedEvent", "allDayEvent")
_PERMISSION = ({"permission-refusal": "403"}, {"permission-refusal": "400"})

PROFILE = Profile(
    crm="netsuite",
    title="NetSuite",
    table="calendarEvent",
    sites=(
        Site(
            "production",
            "{account}.app.netsuite.com",
            "{account}.suitetalk.api.netsuite.com",
            ("{account}.restlets.api.netsuite.com",),
        ),
        Site(
            "sandbox",
            "{account}-sb1.app.netsuite.com",
            "{account}-sb1.suitetalk.api.netsuite.com",
            ("{account}-sb1.restlets.api.netsuite.com",),
        ),
    ),
    hosts=("*.suitetalk.api.netsuite.com", "*.restlets.api.netsuite.com", "*.app.netsuite.com", "system.netsuite.com"),
    cancellation=Transitioned(field="status", value="CANCELLED", live="CONFIRMED"),
    sentence="Cancelling an appointment sets the event's status to Canceled in NetSuite; the event itself is kept.",
    title_field="title",
    added={"startDate": "2027-03-02", "startTime": "09:00", "endTime": "10:00"},
    colleagues_edit={"location": "Room 9", "startTime": "16:00", "endTime": "17:00", "message": "Bring a pen."},
    ids=Numbers("999999", "[1-9][0-9]{0,9}"),
    editors_may_cancel=False,  # the help pages disagree: the organizer alone, or whoever may edit
    confirmed_status="CONFIRMED",
    unconfirmed={"status": "TENTATIVE"},
    other_statuses=({"status": "COMPLETE"},),
    kinds={
        "all-day": {"startDate": "2027-03-05", "timedEvent": False, "allDayEvent": True},
        "without times": {"timedEvent": False, "allDayEvent": False, "startTime": None, "endTime": None},
        "tentative": {"status": "TENTATIVE"},
    },
    text_field="message",
    zone_field="timezone",
    times={
        "winter": {"startDate": "2028-01-19", "startTime": "09:00", "endTime": "09:45"},
        "summer": {"startDate": "2028-07-19", "startTime": "09:00", "endTime": "09:45"},
        "before spring": {"startDate": "2028-03-11", "startTime": "09:00", "endTime": "10:00"},
        "spring, that morning": {"startDate": "2028-03-12", "startTime": "05:00", "endTime": "06:00"},
        "after spring": {"startDate": "2028-03-13", "startTime": "09:00", "endTime": "10:00"},
        "autumn, that morning": {"startDate": "2028-11-05", "startTime": "05:00", "endTime": "06:00"},
        "after autumn": {"startDate": "2028-11-06", "startTime": "09:00", "endTime": "10:00"},
        "late, month's end": {"startDate": "2028-06-30", "startTime": "23:30", "endTime": "23:50"},
        "late, leap day": {"startDate": "2028-02-29", "startTime": "23:30", "endTime": "23:45"},
        "just past midnight": {"startDate": "2028-05-10", "startTime": "00:05", "endTime": "00:20"},
        "noon": {"startDate": "2028-05-10", "startTime": "12:00", "endTime": "13:00"},
    },
    own_fields=("lastModifiedDate",),
    switches={
        "permission-refusal": Switch(
            ("403", "400"), "documented as 403 INSUFFICIENT_PERMISSION; seen live in 2026 as 400 USER_ERROR"
        ),
        "private-refusal": Switch(
            ("404", "403", "400"), "nobody recorded REST's response for another user's private event"
        ),
        "view-only-read": Switch(
            ("refused", "allowed"), "REST loads records in edit mode, so GET may fail for a view-only role"
        ),
        "concurrency": Switch(
            ("5", "1", "off"), "five at once for small accounts, more for others; off for load tests"
        ),
        "concurrency-refusal": Switch(
            ("429", "400", "401"),
            "documented as 429; clients' tests quote the same code as 400; one client that signs reports INVALID_LOGIN",
        ),
        "attendee-twice": Switch(
            ("once", "refused"), "nobody recorded whether the sublist of attendees is keyed by the attendee"
        ),
        "all-day-made-timed": Switch(
            ("timed", "all day"), "nobody recorded what timedEvent does to an all-day event, without allDayEvent"
        ),
        "date-format": Switch(
            formats.DATES, "a preference of the account or user, which SuiteQL, q and the RESTlets follow"
        ),
        "time-format": Switch(
            formats.TIMES, "a preference of the account or user, which SuiteQL and the RESTlets follow"
        ),
        "seconds": Switch(("HH:mm", "HH:mm:ss"), "nobody recorded whether NetSuite accepts times with seconds"),
        "past-midnight": Switch(
            ("refused", "accepted"),
            "one-time events cannot cross midnight in NetSuite's pages; nobody recorded what REST does",
        ),
        "time-zone": Switch(
            ("of the person", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"),
            "a preference of each user; new events take it, and so does App Connect from its RESTlet",
        ),
    },
    refusals={
        "view-only": tuple({**p, "view-only-read": r} for r in ("refused", "allowed") for p in _PERMISSION),
        "invisible": ({"private-refusal": "404"}, {"private-refusal": "403"}, {"private-refusal": "400"}),
        "forbidden": _PERMISSION,
    },
    stored=StoredUser(
        "{person}-{account}-netsuite",
        zone=False,
        additional={"email": "{email}", "name": "{name}", "subsidiaryId": "1", "oneWorldEnabled": True},
    ),
    apps=("NETSUITE_CRM",),
    page=1000,
    patch_fields={
        "title": ("title",),
        "summary": ("message",),
        **dict.fromkeys(("startTimeUtc", "startTime", "durationMinutes"), _TIMES),
        "contacts": ("attendee",),
        "status": ("status", "completedDate"),
    },
    contact_kinds=("contact", "customer", "vendor"),
)

"""Bullhorn's facts as data. Sources: the ledger's rows of the same words."""

from datetime import datetime

from greenroom.simulators.bullhorn.drafts import milliseconds
from greenroom.simulators.core.cancellation import Flagged
from greenroom.simulators.core.hours import hard_times
from greenroom.simulators.core.ids import Numbers
from greenroom.simulators.core.profile import Credentials, Profile, Site, StoredUser, Switch

HOST = "bullhornstaffing.com"
_LOG_IN = r"/(?:token|login)$"
_TIMES = ("dateBegin", "dateEnd", "isAllDay")


def _site(name: str, swimlane: int) -> Site:
    """Return a data centre: App Connect knows all accounts by one host, calls go to a swimlane's."""
    others = tuple(f"{kind}{where}.{HOST}" for kind in ("auth", "rest") for where in ("", f"-{name}"))
    return Site(name, f"app.{HOST}", f"rest{swimlane}.{HOST}", others)


def _moment(text: str) -> int:
    return milliseconds(datetime.fromisoformat(text))


def _span(start: str, end: str) -> dict[str, int]:
    return {"dateBegin": _moment(f"{start}:00Z"), "dateEnd": _moment(f"{end}:00Z")}


PROFILE = Profile(
    crm="bullhorn",
    title="Bullhorn",
    table="Appointment",
    sites=(_site("west", 32), _site("emea", 21), _site("ger", 70)),
    hosts=(f"*.{HOST}",),
    label=r"app|(?:auth|rest)(?:-[a-z]+)?\d*|cls\d+",
    cancellation=Flagged(method="POST", field="isDeleted", deletes=True, refused=(404, 410)),
    sentence="Cancelling an appointment marks it as deleted in Bullhorn; the record itself is kept.",
    title_field="subject",
    title_length=100,
    ids=Numbers("1999999", "[1-9][0-9]{0,9}"),
    colleagues_edit={"location": "2 Side Street", **_span("2027-03-03T17:00", "2027-03-03T18:00")},
    added={"subject": "New", **_span("2027-03-02T17:00", "2027-03-02T18:00")},
    editors_may_cancel=True,
    kinds={
        "all-day": {"isAllDay": True, **_span("2027-03-05T08:00", "2027-03-06T08:00")},
        "recurring": {"recurrenceType": "W", "recurrenceFrequency": 1, "recurrenceDayBits": 8, "recurrenceMax": 5},
        "private": {"isPrivate": True},
        "html": {"description": "<DIV>Bring the <B>signed</B> forms &amp; a pen.</DIV>"},
        "long": {"subject": "Interview " + "x" * 90},
    },
    times=hard_times("dateBegin", "dateEnd", _moment),
    own_fields=("dateLastModified", "links"),
    switches={
        "access-token": Switch(
            ("once", "used", "many"),
            "one client reports that a log-in uses the access token up; App Connect logs in with it again (used: its "
            "first log-in has used it up)",
        ),
        "session-life": Switch(("renewed", "fixed"), "nobody recorded whether use renews a session's ten minutes"),
        "error-body": Switch(("json", "text"), "401 is reported as JSON and as plain text; 404 and 412 never"),
        "read-refusal": Switch(("403", "404"), "nobody recorded the response without the entitlement to read"),
        "write-refusal": Switch(("403", "400"), "403 is in the list of errors; one client quotes a persist error"),
        "private": Switch(
            ("blank", "404", "403"), "REF hides the details of a private appointment; how is not recorded"
        ),
        "deleted-read": Switch(("200", "404", "410"), "the record stays; 410 is in the list of errors"),
        "second-delete": Switch(("200", "400"), "nobody recorded the response to deleting a deleted appointment"),
        "undelete": Switch(("200", "400"), "nobody recorded whether isDeleted: false brings an appointment back"),
        "deleted-update": Switch(("200", "400"), "nobody recorded whether a deleted appointment can be changed"),
        "cascade": Switch(
            ("none", "children", "links"), "nobody recorded whether children or attendees go with an appointment"
        ),
        "long-text": Switch(("400", "cut"), "nobody recorded what happens to a text that is too long"),
        "inverted-times": Switch(("200", "400"), "nobody recorded what happens to a dateEnd before dateBegin"),
        "attendee-twice": Switch(("linked", "refused"), "nobody recorded what happens to somebody invited twice"),
        "attendee-child": Switch(
            ("none", "made"), "nobody recorded whether REST puts it on the invited user's calendar"
        ),
        "empty-update": Switch(("200", "400"), "nobody recorded the response to a POST of an empty object"),
        "read-only-fields": Switch(("400", "ignored"), "DOCS say that they cannot be changed, not how"),
        "default-count": Switch(("20", "500"), "one recorded answer has a count of 20"),
        "high-count": Switch(("cut", "refused"), "clients keep to 500; nobody recorded what a higher count does"),
        "to-many-count": Switch(("10", "as asked"), "DOCS name 10 as the most, and a warning above 15"),
        "to-one-fields": Switch(("names", "id"), "DOCS show the id alone; recorded answers show names"),
        "retry-after": Switch(("none", "1"), "DOCS say to wait one second; nobody recorded the header"),
        "rate-limit": Switch(("1500", "off"), "1,500 calls a minute; off for load tests"),
    },
    refusals={
        "view-only": ({"write-refusal": "403"}, {"write-refusal": "400"}),
        "invisible": ({"read-refusal": "403"}, {"read-refusal": "404"}),
        "forbidden": ({"write-refusal": "403"}, {"write-refusal": "400"}),
    },
    credentials=Credentials("BhRestToken", _LOG_IN, _LOG_IN, _LOG_IN, (401, 403, 412)),
    stored=StoredUser(
        "1{person}-bullhorn",
        zone="",
        offset_unit=60,
        summer_time=False,
        additional={
            "id": lambda facts: int(facts["person"]),
            "tokenUrl": f"https://auth-{{site}}.{HOST}/oauth/token",
            "restUrl": "https://{api_host}/rest-services/e{account}/",
            "loginUrl": f"https://rest-{{site}}.{HOST}/rest-services",
            "bhRestToken": "{token}",
        },
        session="bhRestToken",
    ),
    page=500,
    patch_fields={
        "title": ("subject",),
        "summary": ("description",),
        **dict.fromkeys(("startTimeUtc", "startTime", "durationMinutes"), _TIMES),
        "contacts": ("attendees", "candidateReference", "clientContactReference", "lead"),
    },
    contact_kinds=("candidate", "clientcontact", "lead"),
)

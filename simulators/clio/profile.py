"""Clio's facts as data. Sources: the ledger's rows of the same words."""

from greenroom.simulators.core.cancellation import Removed
from greenroom.simulators.core.hours import hard_times
from greenroom.simulators.core.ids import Numbers
from greenroom.simulators.core.profile import Profile, Site, StoredUser, Switch

PROFILE = Profile(
    crm="clio",
    title="Clio",
    table="calendar_entries",
    sites=(
        Site("us", "app.clio.com", "app.clio.com"),
        Site("eu", "eu.app.clio.com", "eu.app.clio.com"),
        Site("ca", "ca.app.clio.com", "ca.app.clio.com"),
        Site("au", "au.app.clio.com", "au.app.clio.com"),
    ),
    hosts=("app.clio.com", "*.app.clio.com"),
    label="eu|ca|au",
    cancellation=Removed(),
    sentence="Cancelling an appointment deletes the calendar entry in Clio for good; it cannot be restored.",
    title_field="summary",
    ids=Numbers("1999999999", "[1-9][0-9]{0,18}", long="9007199254740993017"),
    colleagues_edit={"location": "2 Side Street", "start_at": "2027-03-03T17:00:00Z", "end_at": "2027-03-03T18:00:00Z"},
    added={"summary": "New", "start_at": "2027-03-02T17:00:00Z", "end_at": "2027-03-02T18:00:00Z"},
    editors_may_cancel=True,
    kinds={
        "all-day": {"all_day": True, "start_at": "2027-03-05T08:00:00Z", "end_at": "2027-03-06T08:00:00Z"},
        "recurring": {"recurrence_rule": "FREQ=WEEKLY;COUNT=5"},
    },
    times=hard_times("start_at", "end_at"),
    own_fields=("etag", "updated_at"),
    switches={
        "view-only-refusal": Switch(
            ("403", "404"), "Clio lists 403 for DELETE; nobody recorded the response for a view-only entry"
        ),
        "attendee-twice": Switch(
            ("once", "refused"), "nobody recorded what Clio does with an attendee that a body names twice"
        ),
        "inverted-times": Switch(("422", "200"), "nobody recorded what happens to an end_at before start_at"),
        "invisible-refusal": Switch(("404", "403"), "nobody recorded the response for an invisible entry"),
        "rate-limit": Switch(
            ("50", "300", "off"), "50 a minute at peak hours, more at other hours; off for load tests"
        ),
    },
    refusals={
        "view-only": ({"view-only-refusal": "403"}, {"view-only-refusal": "404"}),
        "invisible": ({"invisible-refusal": "404"}, {"invisible-refusal": "403"}),
        "forbidden": ({},),
    },
    stored=StoredUser("{person}-clio", offset_unit=3600),
    apps=("CLIO_EU", "CLIO_CA", "CLIO_AU"),
    patch_fields={
        "title": ("summary",),
        "summary": ("description",),
        **dict.fromkeys(("startTimeUtc", "startTime", "durationMinutes"), ("start_at", "end_at", "all_day")),
        "contacts": ("attendees",),
    },
)

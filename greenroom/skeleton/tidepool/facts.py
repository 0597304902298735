"""Tidepool's facts as data. README.md says where each comes from."""

from greenroom.simulators.core.cancellation import Tombstoned
from greenroom.simulators.core.hours import hard_times
from greenroom.simulators.core.ids import Opaque
from greenroom.simulators.core.ledger import Row, row
from greenroom.simulators.core.profile import Profile, Site, StoredUser, Switch
from greenroom.simulators.core.rest.calendar.declared import Calendar, Lists, refusals, refused
from greenroom.simulators.core.rest.fields import Choice, Fields, Moment, Text
from greenroom.simulators.core.surface import UNSIMULATED, Operation, Surface

PROFILE = Profile(
    crm="tidepool",
    title="Tidepool",
    table="events",
    sites=tuple(Site(name, f"{name}.tidepool.example", f"{name}.tidepool.example") for name in ("us", "eu")),
    hosts=("*.tidepool.example",),
    label="us|eu",
    cancellation=Tombstoned(field="status", value="cancelled"),
    sentence="Cancelling an appointment keeps the event in Tidepool, with the status cancelled.",
    title_field="title",
    text_field="notes",
    ids=Opaque("r8vq03ntkd41mb70", "[a-v0-9]{5,64}"),
    editors_may_cancel=True,
    added={"title": "New", "begins": "2027-03-02T17:00:00Z", "ends": "2027-03-02T18:00:00Z"},
    times=hard_times("begins", "ends"),
    colleagues_edit={"place": "2 Side Street"},
    other_statuses=({"status": "tentative"},),
    own_fields=("version",),
    switches={"rate-limit": Switch(("600", "off"), "600 requests a minute; off for load tests")},
    refusals={"view-only": ({},), "invisible": ({},), "forbidden": ({},)},
    stored=StoredUser("{person}-tidepool"),
    page=100,
    documented="README.md of greenroom-tidepool",
)
FIELDS = Fields(
    Text("title", "title", required=True),
    Text("notes", "description"),
    Text("place", "location"),
    Moment("begins", "start", required=True),
    Moment("ends", "end", required=True),
    Choice("status", "status", default="confirmed", values=("confirmed", "tentative", "cancelled")),
    refuse=lambda text: refused(400, "invalid", text),
)
ERRORS = refusals(
    {
        401: ("authError", "The token is not valid"),
        403: ("forbidden", "You may not do this"),
        404: ("notFound", "There is no such event"),
        410: ("deleted", "The event was cancelled"),
        412: ("conditionNotMet", "The event has another ETag"),
        429: ("rateLimitExceeded", "Too many requests"),
    },
    refusal=("badRequest", "The request is not valid"),
    failure=("backendError", "Something went wrong"),
)
CALENDAR = Calendar(PROFILE, FIELDS, ERRORS, path="/v1/events", lists=Lists(ended="showDeleted"))


def _fact(behaviour: str, test: str, route: str) -> Row:
    return row(behaviour, "likely", "README.md", f"test_tidepool.py::test_{test}", route)


LEDGER = (
    _fact("a list leaves cancelled events out, unless showDeleted=true", "tombstones", "GET /v1/events"),
    _fact("a GET shows a cancelled event", "tombstones", "GET /v1/events/<event>"),
    _fact("DELETE cancels; of a cancelled event: 410", "tombstones", "DELETE /v1/events/<event>"),
    _fact("PATCH with an If-Match of another ETag: 412", "etags", "PATCH /v1/events/<event>"),
    _fact("POST makes an event", "etags", "POST /v1/events"),
    _fact("a refresh token gives an access token for an hour", "log_in", "POST /oauth/token"),
)
SURFACE = Surface([Operation("GET", "/oauth/authorize", UNSIMULATED)])
"""What the vendor has and the fake has not: a request for it gets 501, and nothing is judged by that."""

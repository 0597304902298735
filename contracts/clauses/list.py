"""What only ``listAppointments`` promises: all appointments of the range, each once, and nothing else."""

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason, runtime
from greenroom.contracts.clauses.listing import Item, named
from greenroom.contracts.clauses.toast import in_words
from greenroom.contracts.interfaces import LIST

ONLY = (LIST.name,)
_RANGE = runtime(
    "range is {startDate, endDate}, days of the form YYYY-MM-DD, and both are included",
    "packages/core/contracts/appointment.ts",
)
LONG = 255
"""Characters beyond which a title is odd."""


def _lists(call: Call) -> bool:
    """Return whether the user gets a list from the connector."""
    return call.claims_success and call.seen["from"] == "connector"


def _hindered(call: Call) -> bool:
    """Return whether something was in the way of the list: a response that a fault spoiled, a bad credential, a missing
    right. A fault that only delays a response is none: the list can be read.
    """
    spoiled = any(entry["fault"] and not _answered(entry) for entry in call.entries)
    return spoiled or call.actor["credential"] != "valid" or call.actor["access"] == "forbidden"


def _asked(call: Call) -> str:
    days = call.record["params"].get("range")
    return f"from {days['startDate']} to {days['endDate']}" if days else "without a range"


@clause(
    "list.shows-appointments",
    "A plain list shows appointments",
    level="runtime",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: call.plain and call.returned and bool(call.listing.required),
)
def shows_appointments(call: Call) -> Problem | None:
    """Nothing stands in the way, and the CRM holds appointments in the range. So the list must not be empty, and must
    not be a failure. Without a range, the appointments of the coming days count.

    Bad:
        return { successful: true, appointments: [] }; // no request was sent
    Good:
        return { successful: true, appointments: entries.map(toAppointment) };
    """
    listing = call.listing
    if call.seen["from"] != "connector" or (call.claims_success and len(listing.missing) < len(listing.required)):
        return None
    got = in_words(call.seen) if call.claims_failure else f"none of them among {len(listing.items)} appointments"
    return Problem(
        f"the appointments that the CRM holds, asked {_asked(call)}: {named(listing.required)}",
        got,
        "request the appointments of the range, and return them as 'appointments'",
    )


@clause(
    "list.complete",
    "A list has every appointment of its range",
    level="documented",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: _lists(call) and not _hindered(call) and call.listing.steady,
)
def complete(call: Call) -> Problem | None:
    """A user who misses an appointment in the panel misses it in life. CRMs return lists in pages. Only the CRM's own
    sign says which page is the last: no link to a next one, or ``hasMore: false``. Both days of the range belong to it.
    Appointments of other people's calendars may be left out.

    Bad:
        const { data } = await axios.get(url, { headers }); return { appointments: data.data.map(toAppointment) };
    Good:
        for (let next = url; next; next = page.meta.paging.next) { page = await get(next); entries.push(...page.data); }
    """
    return _lacks(call, "read all pages, include both days, and drop no appointment that is unusual")


def _lacks(call: Call, hint: str) -> Problem | None:
    listing = call.listing
    if not listing.missing:
        return None
    return Problem(
        f"the {len(listing.required)} appointments that the CRM holds, asked {_asked(call)}",
        f"{len(listing.missing)} of them are missing: {named(listing.missing)}",
        hint,
    )


@clause(
    "list.failure-is-no-list",
    "A list that could not be read is no success",
    level="documented",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: _lists(call) and _hindered(call),
)
def failure_is_no_list(call: Call) -> Problem | None:
    """A user who sees an empty panel believes in a free day. So the connector must not report a list that it did not
    get. A refusal, a failure, a page of another site and a body without a list are none. The same holds if only some of
    the pages came.

    Bad:
        return { successful: true, appointments: (response.data?.data ?? []).map(toAppointment) };
    Good:
        if (!Array.isArray(response.data?.data)) return { successful: false, returnMessage };
    """
    steady = call.listing.steady  # what somebody moves from page to page may be missed
    lacking = _lacks(call, "return successful: false with a message unless every page came whole") if steady else None
    if lacking or any(_answered(entry) for entry in call.questions) or not call.statuses:
        return lacking
    return Problem(
        "successful: false while no request for the list succeeded",
        f"{len(call.listing.items)} appointments; the CRM answered {call.statuses}",
        "return successful: false with a message after a refusal",
    )


def _answered(entry: Item) -> bool:
    return bool(200 <= entry["answer"]["status"] < 300 and entry["received"] in ("whole", "late"))


@clause(
    "list.only-crm-records",
    "Every listed appointment is one of the CRM's, under the CRM's id",
    level="documented",
    source=quote("id"),
    interfaces=ONLY,
    when=lambda call: _lists(call) and bool(call.listing.items),
)
def only_crm_records(call: Call) -> Problem | None:
    """App Connect keeps no ids of its own: the id of a listed appointment comes back for a refresh or a cancellation.
    So it must be the CRM's id, whole. A JavaScript number cannot hold all of them. Other people's private appointments
    are none of this user's.

    Bad:
        id: Number(entry.id)
    Good:
        id: String(entry.id)
    """
    strangers = call.listing.strangers()
    if not strangers:
        return None
    return Problem(
        f"ids of {call.crm['title']} that this user may see",
        f"{', '.join(strangers[:3])}{' and more' if len(strangers) > 3 else ''}",
        "return each record's own id as text, and nothing that the CRM did not list",
    )


@clause(
    "list.only-its-range",
    "A list has nothing outside its range",
    level="documented",
    source=_RANGE,
    interfaces=ONLY,
    when=lambda call: _lists(call) and bool(call.record["params"].get("range")),
)
def only_its_range(call: Call) -> Problem | None:
    """What App Connect asks for by days, it shows for these days. Only appointments count that are outside by the
    user's days and by those of UTC, from their first moment to their last.

    Bad:
        return { appointments: entries.map(toAppointment) }; // whatever the range
    Good:
        return { appointments: entries.map(toAppointment).filter((each) => isIn(range, each)) };
    """
    astray = call.listing.astray()
    if not astray:
        return None
    return Problem(f"only appointments {_asked(call)}", named(astray), "filter by startDate and endDate, both included")


@clause(
    "list.each-once",
    "A list has each appointment once",
    level="documented",
    source=reason("An appointment that is shown twice is refreshed, confirmed and cancelled twice"),
    interfaces=ONLY,
    when=lambda call: _lists(call) and bool(call.listing.items),
)
def each_once(call: Call) -> Problem | None:
    """Somebody may move an appointment while the connector reads page after page. In lists by time it then stands on
    two pages. The ids tell.

    Bad:
        entries.push(...page.data);
    Good:
        for (const entry of page.data) byId.set(entry.id, entry);
    """
    doubled = call.listing.doubled()
    if not doubled:
        return None
    return Problem("each id once", f"more than once: {', '.join(doubled[:3])}", "collect the records by id")


@clause(
    "list.odd-record-hides-no-other",
    "One odd record hides no other",
    level="documented",
    source=runtime(
        "The route validates the whole list: one appointment that does not validate turns it into HTTP 400",
        "packages/core/contracts/appointment.ts",
    ),
    interfaces=ONLY,
    when=lambda call: call.plain and call.returned and _odd_and_others(call),
)
def odd_record_hides_no_other(call: Call) -> Problem | None:
    """Calendars hold records without a title or a length, for a whole day, with guests without a name. An odd record
    may be shown as well as it goes, or be left out. The others must be there.

    Bad:
        attendees: entry.attendees.map(({ id, name, type }) => ({ id, name, type })) // name may be null
    Good:
        attendees: entry.attendees.map(({ id, name, type }) => ({ id, name: name ?? "", type }))
    """
    hidden = [item for item in call.listing.required if not _odd(item)]
    lost = hidden if not _lists(call) else [item for item in hidden if item["id"] not in call.listing.times]
    if not lost:
        return None
    return Problem(
        f"the {len(hidden)} ordinary appointments beside the odd ones",
        f"{len(lost)} are not shown: {named(lost)}; the user sees: {in_words(call.seen)}",
        "replace null names and missing texts, and convert each record on its own",
    )


def _odd_and_others(call: Call) -> bool:
    odd = [_odd(item) for item in call.listing.required]
    return any(odd) and not all(odd)


def _odd(item: Item) -> bool:
    """Return whether a record is one of those that connectors do not reckon with."""
    unusual = item["allDay"] or item["durationMinutes"] <= 0 or not item["title"].strip() or len(item["title"]) > LONG
    return bool(unusual or "<" in item["description"] or any(not each.get("name") for each in item["attendees"]))


@clause(
    "list.by-the-users-days",
    "A range means the user's days",
    level="documented",
    strength="should",
    source=reason(
        "The range holds days without a time zone. Late in the evening the day in UTC is another one than the user's"
    ),
    interfaces=ONLY,
    when=lambda call: _lists(call) and not _hindered(call) and bool(call.listing.doubtful),
)
def by_the_users_days(call: Call) -> Problem | None:
    """An appointment at nine in the evening in New York is tomorrow's in UTC. The user looks for it today.

    Bad:
        const day = startTimeUtc.slice(0, 10);
    Good:
        const day = moment.tz(startTimeUtc, user.timezoneName).format("YYYY-MM-DD");
    """
    listing = call.listing
    wrong = [item for item in listing.doubtful if listing.on_users_days(item) != (item["id"] in listing.times)]
    if not wrong:
        return None
    return Problem(
        f"appointments by the days of {listing.zone.key}", f"another choice for {named(wrong)}",
        "compare days in the user's time zone",
    )  # fmt: skip

"""Lists judged on calls made by hand: what must be there, may be there, and must not."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.listing import identity, named
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.interfaces import LIST
from tests.catalogue import HERE
from tests.contracts.runs import certificate
from tests.contracts.test_clauses import call, entry, no, outcome

NOON = "2027-03-02T17:00:00Z"
"""In New York, and one day there and in UTC."""
EVENING = "2027-03-03T02:00:00Z"
"""In New York still the second of March."""
DAYS = ("2027-03-02", "2027-03-02")


def held(key: str, start: str = NOON, **more: Any) -> dict[str, Any]:
    texts = {"title": "Hearing", "description": "", "status": "scheduled"}
    facts = {"allDay": False, "series": False, "own": True, "exact": True, "attendees": []}
    return {"id": key, "startTimeUtc": start, "durationMinutes": 30, **texts, **facts, **more}


def shown(key: Any, start: str | None = NOON, **more: Any) -> dict[str, Any]:
    return {"id": key, "title": "Hearing", "startTimeUtc": start, "status": "scheduled", **more}


def listed(value: Any, *calendar: dict[str, Any], days: tuple[str, str] | None = DAYS, **more: Any) -> Call:
    """Make a call that returned a list (or a whole result), while the CRM held a calendar."""
    result = {"appointments": value} if isinstance(value, list) else value
    params = {"user": {}, **({"range": dict(zip(("startDate", "endDate"), days, strict=True))} if days else {})}
    facts = {"zone": "America/New_York", "now": "2027-03-01T12:00:00Z", **more.pop("facts", {})}
    journal = more.pop("journal", (entry("other", 200, record=None),))
    given = {"access": "view", "before": "none", "after": "none", "key": "", **more}
    return call(
        result,
        *journal,
        interface=LIST.name,
        params=params,
        subject={"id": "", "issuable": True, "title": ""},
        calendar={"before": [*calendar], "after": list(given.pop("later", calendar)), **facts},
        seen=seen({"kind": "returned", "value": result}, LIST, params, "X"),
        **{name: value for name, value in given.items() if name != "key"},
    )


@pytest.mark.parametrize(
    ("calendar", "found", "expected"),
    [
        ([held("1"), held("2")], ["1", "2"], "passed"),
        ([held("1"), held("2")], ["1"], "failed"),
        ([held("1"), held("2", own=False)], ["1"], "passed"),
        ([held("1"), held("2", status="cancelled")], ["1"], "passed"),
        ([held("1"), held("2", series=True)], ["1"], "passed"),
        ([held("1"), held("2", exact=False)], ["1"], "passed"),
        ([held("1"), held("2", EVENING)], ["1"], "passed"),
        ([held("1"), held("2", "2027-03-03T17:00:00Z")], ["1"], "passed"),
        ([], [], "passed"),
    ],
)
def test_what_surely_is_in_the_range_must_be_in_the_list(
    calendar: list[dict[str, Any]], found: list[str], expected: str
) -> None:
    assert outcome("list.complete", listed([shown(key) for key in found], *calendar)) == expected


def test_both_end_days_belong_to_the_range() -> None:
    first, last = held("1", "2027-03-02T17:00:00Z"), held("2", "2027-03-04T17:00:00Z")
    days = ("2027-03-02", "2027-03-04")

    assert outcome("list.complete", listed([shown("1")], first, last, days=days)) == "failed"
    assert outcome("list.complete", listed([shown("2")], first, last, days=days)) == "failed"
    assert outcome("list.complete", listed([shown("1"), shown("2")], first, last, days=days)) == "passed"


def test_without_a_range_the_coming_week_counts() -> None:
    """The call was at noon of the first of March."""
    for start, expected in (
        ("2027-03-01T12:30:00Z", "passed"),
        ("2027-03-01T14:00:00Z", "failed"),
        ("2027-03-08T11:00:00Z", "failed"),
        ("2027-03-08T13:00:00Z", "passed"),
        ("2027-02-20T12:00:00Z", "passed"),
    ):
        assert outcome("list.complete", listed([], held("1", start), days=None)) == expected, start
        assert outcome("list.only-its-range", listed([shown("1")], held("1", start), days=None)) == "skipped"


def test_what_changes_meanwhile_may_be_missed() -> None:
    before, moved = [held("1"), held("2")], [held("1"), held("2", "2027-03-20T17:00:00Z")]

    assert outcome("list.complete", listed([], *before, later=moved)) == "skipped"
    assert outcome("list.only-its-range", listed([shown("2")], *before, later=moved)) == "passed"
    assert outcome("list.only-crm-records", listed([shown("2")], *before, later=[held("1")])) == "passed"


def test_a_plain_list_shows_something() -> None:
    two = (held("1"), held("2"))

    assert outcome("list.shows-appointments", listed([], *two)) == "failed"
    assert outcome("list.shows-appointments", listed([shown("1")], *two)) == "passed"
    assert outcome("list.shows-appointments", listed(no(), *two)) == "failed"
    assert outcome("list.shows-appointments", listed(no(), *two, credential="expired")) == "skipped"
    assert outcome("list.shows-appointments", listed([])) == "skipped"


FAILED = entry("other", 503, record=None, fault="status=503@after-commit")


def test_a_failure_is_no_list() -> None:
    """A fault, a bad credential or a missing right: a success must be whole all the same."""
    ways: tuple[dict[str, Any], ...] = ({"journal": (FAILED,)}, {"credential": "expired"})
    for hindered in ways:
        assert outcome("list.failure-is-no-list", listed([], held("1"), **hindered)) == "failed"
        assert outcome("list.failure-is-no-list", listed(no(), held("1"), **hindered)) == "skipped"
        assert outcome("list.complete", listed([], held("1"), **hindered)) == "skipped"
    again = (FAILED, entry("other", 200, record=None))
    assert outcome("list.failure-is-no-list", listed([shown("1")], held("1"), journal=again)) == "passed"


def test_an_empty_list_after_refusals_alone_is_a_failure() -> None:
    refused = entry("other", 403, record=None)

    assert outcome("list.failure-is-no-list", listed([], access="forbidden", journal=(refused,))) == "failed"
    assert outcome("list.failure-is-no-list", listed([], access="forbidden")) == "passed"
    noise = entry("other", 200, record=None, fault="garbage=html@after-commit", received="status")
    assert outcome("list.failure-is-no-list", listed([], journal=(noise,))) == "failed"
    assert (
        outcome("list.failure-is-no-list", listed([], journal=(FAILED, entry("other", 200, record=None)))) == "passed"
    )


def test_pages_that_move_under_a_fault_may_be_missed() -> None:
    between = entry("other", 200, record=None, fault="held=5@before-authentication")
    changed: dict[str, Any] = {"later": [held("1")], "journal": (between,)}

    assert outcome("list.complete", listed([], held("1"), held("2"), **changed)) == "skipped"


def test_a_response_that_was_only_delayed_is_no_failure() -> None:
    """A connector that reads the first page only lacks appointments; it does not hide a failure."""
    slow: dict[str, Any] = {
        "journal": (entry("other", 200, record=None, fault="held=5@before-authentication", received="late"),)
    }

    assert outcome("list.failure-is-no-list", listed([], held("1"), **slow)) == "skipped"
    assert outcome("list.complete", listed([], held("1"), **slow)) == "failed"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": "1"}, "passed"),
        ({"id": 1}, "passed"),
        ({"id": "row-9", "thirdPartyAppointmentId": "1"}, "passed"),
        ({"id": "1", "thirdPartyAppointmentId": ""}, "passed"),
        ({"id": "2"}, "failed"),
        ({"id": "1", "thirdPartyAppointmentId": "2"}, "failed"),
    ],
)
def test_ids_are_those_of_the_crm(item: dict[str, Any], expected: str) -> None:
    assert outcome("list.only-crm-records", listed([item], held("1"))) == expected


def test_where_series_are_ids_are_not_judged() -> None:
    assert outcome("list.only-crm-records", listed([shown("9_20270302")], held("9", series=True))) == "passed"


def test_an_id_that_lost_its_last_digits_is_another_one() -> None:
    assert identity({"id": 9007199254740992.0}) == "9007199254740992"
    assert outcome("list.only-crm-records", listed([{"id": 9007199254740992}], held("9007199254740993"))) == "failed"


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2027-03-03T17:00:00Z", 30, "failed"),
        ("2027-02-27T17:00:00Z", 30, "failed"),
        (EVENING, 30, "passed"),
        ("2027-03-02T02:00:00Z", 30, "passed"),
        ("2027-03-01T17:00:00Z", 24 * 60, "passed"),
        ("2027-03-01T23:30:00Z", 30, "passed"),
    ],
)
def test_only_what_is_outside_by_all_days_is_astray(start: str, minutes: int, expected: str) -> None:
    found = held("1", start, durationMinutes=minutes)

    assert outcome("list.only-its-range", listed([shown("1", start)], found)) == expected
    assert outcome("list.only-its-range", listed([shown("1", start)], {**found, "series": True})) == "passed"
    assert outcome("list.only-its-range", listed([shown("1", start)], {**found, "exact": False})) == "passed"


def test_each_is_there_once() -> None:
    assert outcome("list.each-once", listed([shown("1"), shown(1)], held("1"))) == "failed"
    assert outcome("list.each-once", listed([shown("1"), shown("2")], held("1"), held("2"))) == "passed"
    assert outcome("list.each-once", listed([shown("1"), shown("1")], held("1", series=True))) == "passed"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "failed"),
        (" Confirmed", "failed"),
        ("cancelled", "passed"),
        ("CANCELED", "passed"),
        (None, "failed"),
        ("off", "passed"),
    ],
)
def test_cancelled_is_not_scheduled(status: str | None, expected: str) -> None:
    gone = held("1", status="cancelled")

    assert outcome("record.cancelled", listed([shown("1") | {"status": status}], gone)) == expected
    assert outcome("record.cancelled", listed([], gone)) == "skipped"


@pytest.mark.parametrize(
    "odd",
    [
        {"title": " "},
        {"title": "x" * 256},
        {"allDay": True},
        {"durationMinutes": 0},
        {"description": "<p>"},
        {"attendees": [{"id": "5", "name": None}]},
    ],
)
def test_an_odd_record_hides_no_other(odd: dict[str, Any]) -> None:
    calendar = (held("1"), held("2", **odd))
    refused = [shown("1"), shown("2", durationMinutes=-1)]

    assert outcome("list.odd-record-hides-no-other", listed([shown("1")], *calendar)) == "passed"
    assert outcome("list.odd-record-hides-no-other", listed([shown("2")], *calendar)) == "failed"
    assert outcome("list.odd-record-hides-no-other", listed(refused, *calendar)) == "failed"
    assert outcome("list.odd-record-hides-no-other", listed([], held("2", **odd))) == "skipped"
    assert outcome("list.odd-record-hides-no-other", listed([], held("1"))) == "skipped"


def test_a_range_means_the_users_days() -> None:
    """As advice: the evening of the second is the third in UTC."""
    late = held("1", EVENING)

    assert outcome("list.by-the-users-days", listed([shown("1", EVENING)], late)) == "passed"
    assert outcome("list.by-the-users-days", listed([], late)) == "failed"
    third = ("2027-03-03", "2027-03-03")
    assert outcome("list.by-the-users-days", listed([shown("1", EVENING)], late, days=third)) == "failed"
    assert outcome("list.by-the-users-days", listed([], late, days=third)) == "passed"
    assert outcome("list.by-the-users-days", listed([], held("1"))) == "skipped"


def test_where_a_log_in_stores_an_offset_alone_its_days_are_the_users_too() -> None:
    """Midnight of a summer's day in New York: by the offset of the winter it is eleven, the evening before."""
    midnight, days = held("1", "2027-07-02T04:00:00Z"), ("2027-07-02", "2027-07-02")

    for facts, expected in (({}, "failed"), ({"offset": -240}, "failed"), ({"offset": -300}, "passed")):
        assert outcome("list.complete", listed([], midnight, days=days, facts=facts)) == expected, facts
    evening = ("2027-07-01", "2027-07-01")
    for facts, expected in (({}, "failed"), ({"offset": -300}, "passed")):
        call = listed([shown("1")], {**midnight, "durationMinutes": 0}, days=evening, facts=facts)
        assert outcome("list.only-its-range", call) == expected, facts


def test_descriptions_are_there() -> None:
    note = held("1", description="Ask first.")

    assert outcome("record.texts", listed([shown("1")], note)) == "failed"
    assert outcome("record.texts", listed([shown("1", description="Ask")], note)) == "failed"
    assert outcome("record.texts", listed([shown("1", description="Ask first.")], note)) == "passed"
    assert outcome("record.texts", listed([shown("1")], held("1"))) == "passed"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2027-03-02T17:00:00Z", "passed"),
        ("2027-03-02T17:00:59Z", "passed"),
        ("2027-03-02T12:00:00-05:00", "passed"),
        ("2027-03-02T12:00:00Z", "failed"),
        ("2027-03-02T17:01:00Z", "failed"),
        (None, "failed"),
    ],
)
def test_a_start_is_the_instant(told: str | None, expected: str) -> None:
    assert outcome("record.start-is-the-instant", listed([shown("1", told)], held("1"))) == expected


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (NOON, {"allDay": True}),
        (NOON, {"series": True}),
        (NOON, {"exact": False}),
        ("2027-11-07T05:30:00Z", {}),
        ("2027-11-07T06:30:00Z", {}),
    ],
)
def test_uncertain_starts_are_not_judged(start: str, more: dict[str, Any]) -> None:
    """Whole days, series, foreign wall times, and the hour that comes twice in New York."""
    made = listed([shown("1", "2001-01-01T00:00:00Z")], held("1", start, **more), days=("2027-11-07", "2027-11-07"))

    assert outcome("record.start-is-the-instant", made) == "skipped"


def test_a_start_is_in_utc() -> None:
    assert outcome("record.start-is-in-utc", listed([shown("1", "2027-03-02T12:00:00-05:00")], held("1"))) == "failed"
    for told in (NOON, "2027-03-02T17:00:00+00:00"):
        assert outcome("record.start-is-in-utc", listed([shown("1", told)], held("1"))) == "passed"


def test_reading_changes_nothing() -> None:
    change = {"table": "t", "id": "1", "field": "seen", "before": None, "after": True}
    wrote = entry("update", 200, record="1", changes=[change])

    assert outcome("effect.changes-nothing", listed([], journal=(wrote,))) == "failed"
    assert outcome("effect.changes-nothing", listed([])) == "passed"


def page(place: int, status: int = 200, **more: Any) -> dict[str, Any]:
    asked = entry("other", status, record=None, **more)
    return {**asked, "request": {**asked["request"], "query": f"page={place}"}}


def test_pages_are_no_waste_of_requests_and_repeats_are() -> None:
    pages = [page(n) for n in range(60)]

    assert outcome("bounds.few-requests", listed([], journal=pages)) == "passed"
    assert outcome("bounds.few-requests", listed([], journal=[*pages, *[page(1)] * 9])) == "passed"
    assert outcome("bounds.few-requests", listed([], journal=[*pages, *[page(1)] * 10])) == "failed"
    assert outcome("bounds.few-requests", listed([], journal=[page(n, 503) for n in range(11)])) == "failed"


def test_another_page_is_no_early_retry() -> None:
    asked = page(2, 429)
    asked["answer"] = {**asked["answer"], "headers": {"Retry-After": "30"}}

    assert outcome("bounds.waits-as-told", listed([], journal=[page(1), asked, page(3)])) == "passed"
    assert outcome("bounds.waits-as-told", listed([], journal=[page(1), asked, page(2)])) == "failed"


def test_a_list_needs_the_header_on_every_request_but_a_log_in() -> None:
    bare = page(1, credential="missing")
    login = entry("other", 200, record=None, credential="missing")
    login["request"] = {**login["request"], "path": "/oauth/token"}

    assert outcome("safety.sends-the-header", listed([], journal=[bare])) == "failed"
    assert outcome("safety.sends-the-header", listed([], journal=[page(1), login])) == "passed"


def test_some_are_named_and_the_others_counted() -> None:
    assert named([held("1"), held("2")], 1) == f"1 ({NOON}) and 1 more"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clio: undefined", "failed"),
        ("null", "failed"),
        ("Failed: [object Object]", "failed"),
        ("<html><body>Bad", "failed"),
        ("Nothing is nullified below 5 < 6", "passed"),
        ("Clio ist nicht da", "passed"),
    ],
)
def test_messages_are_for_people(text: str, expected: str) -> None:
    assert outcome("shape.readable-message", call(no(message=text))) == expected


def test_what_waits_for_a_second_page_is_over_with_its_call() -> None:
    """A connector that asks for one page only meets no hold that was meant for an earlier call."""
    path = HERE / "faulty" / "list.complete.clio.py"
    found = certificate(str(path), "clio", "resilient", scenarios=("list-between-pages",))

    assert len(found.calls) == 2
    assert {entry["fault"] for call in found.calls for entry in call["journal"]} == {None}

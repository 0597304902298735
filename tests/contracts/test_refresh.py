"""What is shown of an appointment against what the CRM holds: on calls made by hand."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.interfaces import CONFIRM, REFRESH
from tests.contracts.test_clauses import call, entry, no, outcome, yes

HELD = {
    "id": "7",
    "thirdPartyAppointmentId": "7",
    "title": "Hearing",
    "description": "Bring the file.",
    "startTimeUtc": "2027-03-02T17:00:00Z",
    "durationMinutes": 60,
    "status": "scheduled",
    "contactId": "1",
    "attendees": [{"id": 1, "name": "Ann", "type": "Contact"}],
    "namedContacts": [],
    "allDay": False,
}
READ = entry("read", 200)
GARBLED = entry("read", 200, received="status", fault="garbage=html@after-commit")


def held(before: Any = HELD, after: Any = None) -> dict[str, Any]:
    return {"appointment": {"before": before, "after": after or before, "final": after or before}}


def refreshed(*journal: dict[str, Any], before: Any = HELD, after: Any = None, **shown: Any) -> Call:
    """Return a refresh that shows what the CRM holds, but for ``shown``."""
    more = {name: shown.pop(name) for name in list(shown) if name in ("access", "concurrent", "variant")}
    appointment = {name: value for name, value in {**HELD, **shown}.items() if value is not None}
    value = {"successful": True, "appointment": appointment}
    return call(value, *(journal or (READ,)), interface=REFRESH.name, **held(before, after), **more)


@pytest.mark.parametrize(
    ("clause", "shown", "expected"),
    [
        ("truth.shows-the-appointment", {}, "passed"),
        ("truth.shows-the-appointment", {"id": 7, "thirdPartyAppointmentId": None}, "passed"),
        ("truth.shows-the-appointment", {"id": "own-1"}, "passed"),  # the panel takes the other one
        ("truth.shows-the-appointment", {"id": "8", "thirdPartyAppointmentId": None}, "failed"),
        ("truth.shows-the-appointment", {"thirdPartyAppointmentId": "8"}, "failed"),
        ("record.title", {"title": " Hearing "}, "passed"),
        ("record.title", {"title": None, "summary": "Hearing"}, "passed"),
        ("record.title", {"title": "<b>Hearing</b>"}, "passed"),  # advice
        ("record.title", {"title": "Other"}, "failed"),
        ("record.title", {"title": None}, "failed"),
        ("record.start-is-the-instant", {"startTimeUtc": "2027-03-02T09:00:00-08:00"}, "passed"),
        ("record.start-is-the-instant", {"startTimeUtc": "2027-03-02T17:00:00.000Z"}, "passed"),
        ("record.start-is-the-instant", {"startTimeUtc": "2027-03-02T16:00:00Z"}, "failed"),
        ("record.start-is-the-instant", {"startTimeUtc": "2027-03-02T17:00:00"}, "failed"),
        ("record.start-is-the-instant", {"startTimeUtc": None}, "failed"),
        ("record.start-is-in-utc", {"startTimeUtc": "2027-03-02T17:00:00+00:00"}, "passed"),
        ("record.start-is-in-utc", {"startTimeUtc": "2027-03-02T09:00:00-08:00"}, "failed"),
        ("record.start-is-in-utc", {"startTimeUtc": "soon"}, "skipped"),
        ("record.duration", {"durationMinutes": 60.0}, "passed"),
        ("record.duration", {"durationMinutes": 61}, "failed"),
        ("record.duration", {"durationMinutes": True}, "failed"),
        ("record.duration", {"durationMinutes": None}, "failed"),
        ("record.texts", {"description": "Bring the file.\r\n"}, "passed"),
        ("record.texts", {"description": "Bring it."}, "failed"),
        ("record.texts", {"title": "<b>Hearing</b>"}, "failed"),
        ("record.texts", {"description": None}, "failed"),
        ("record.attendees", {"attendees": [{"id": "1"}]}, "passed"),
        ("record.attendees", {"attendees": None, "attendeeIds": [1]}, "passed"),
        ("record.attendees", {"attendees": []}, "failed"),
        ("record.cancelled", {"status": None}, "passed"),
        ("record.cancelled", {"status": "tentative"}, "passed"),
        ("record.cancelled", {"status": "Canceled"}, "failed"),
    ],
)
def test_what_is_shown_is_what_is_held(clause: str, shown: dict[str, Any], expected: str) -> None:
    assert outcome(clause, refreshed(**shown)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [("cancelled", "passed"), ("Canceled", "passed"), ("void", "passed"), ("confirmed", "failed"), (None, "failed")],
)
def test_a_cancelled_one_is_shown_as_cancelled(status: str | None, expected: str) -> None:
    assert outcome("record.cancelled", refreshed(before={**HELD, "status": "cancelled"}, status=status)) == expected


MOVED = {**HELD, "title": "Moved", "startTimeUtc": "2027-03-03T17:00:00Z", "status": "cancelled"}


@pytest.mark.parametrize(
    "shown", [{}, {"title": "Moved", "startTimeUtc": "2027-03-03T17:00:00Z", "status": "cancelled"}]
)
@pytest.mark.parametrize("clause", ["record.title", "record.start-is-the-instant", "record.cancelled"])
def test_what_changes_during_the_call_may_be_shown_either_way(clause: str, shown: dict[str, Any]) -> None:
    assert outcome(clause, refreshed(after=MOVED, **shown)) == "passed"


@pytest.mark.parametrize(
    "made",
    [
        refreshed(access="view", title="Other"),  # some see less
        refreshed(GARBLED, title="Other"),  # another promise
        refreshed(
            entry("read", 200, fault="edited@before-commit"),
            entry("read", 200, fault="edited@before-commit"),
            title="Other",
        ),
        refreshed(before={**HELD, "title": ""}, title="(no title)"),
    ],
)
def test_what_cannot_be_compared_is_not_judged(made: Call) -> None:
    assert outcome("record.title", made) == "skipped"


NAMED = {**HELD, "namedContacts": ["5"]}


@pytest.mark.parametrize(
    ("clause", "before", "contact", "expected"),
    [
        ("record.contact", HELD, "1", "passed"),
        ("record.contact", HELD, 1, "passed"),
        ("record.contact", HELD, "5", "failed"),
        ("record.contact", NAMED, "5", "passed"),
        ("record.contact", NAMED, "1", "passed"),
        ("record.contact", NAMED, "", "skipped"),
        ("record.contact", {**HELD, "attendees": []}, "1", "failed"),
        ("record.contact-is-named", HELD, "", "skipped"),
        ("record.contact-is-named", NAMED, "5", "passed"),
        ("record.contact-is-named", NAMED, "1", "passed"),
        ("record.contact-is-named", NAMED, "", "failed"),
        ("record.contact-is-named", NAMED, None, "failed"),
    ],
)
def test_the_contact_is_one_of_the_appointments(clause: str, before: Any, contact: Any, expected: str) -> None:
    assert outcome(clause, refreshed(before=before, contactId=contact)) == expected


def test_an_older_report_does_not_say_whom_a_record_names() -> None:
    older = {name: value for name, value in HELD.items() if name != "namedContacts"}

    assert outcome("record.contact", refreshed(before=older, contactId="5")) == "skipped"


def test_times_of_whole_days_are_not_judged() -> None:
    made = refreshed(before={**HELD, "allDay": True}, startTimeUtc=None, durationMinutes=None)

    assert outcome("record.start-is-the-instant", made) == outcome("record.duration", made) == "skipped"
    assert outcome("record.title", made) == "passed"


LOG_IN = {
    "method": "POST",
    "scheme": "https",
    "host": "h",
    "path": "/oauth/token",
    "query": "",
    "headers": {},
    "body": "",
}


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        ([READ], "passed"),
        ([entry("other", 200, record=None)], "passed"),  # a list
        ([entry("read", 304)], "passed"),
        ([entry("read", 200, received="late")], "passed"),
        ([entry("read", 503), READ], "passed"),
        ([entry("read", 503)], "failed"),
        ([entry("read", 202)], "failed"),
        ([GARBLED], "failed"),
        ([entry("external_host", 200, record=None)], "failed"),
        ([entry("other", 200, record=None, request=LOG_IN)], "failed"),
    ],
)
def test_a_success_needs_a_response(journal: list[dict[str, Any]], expected: str) -> None:
    assert outcome("truth.shows-the-present", refreshed(*journal)) == expected


def missing(value: Any, state: str = "removed", *journal: dict[str, Any], **more: Any) -> Call:
    none = {"appointment": {"before": None, "after": None, "final": None}}
    made = journal or (entry("read", 404),)
    return call(value, *made, interface=REFRESH.name, before=state, after=state, **none, **more)


RAISED = {"kind": "raised", "error": {"type": "E", "message": "", "status": None}}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (missing(no()), "passed"),
        (missing(no(), "never"), "passed"),
        (missing({"appointment": HELD}), "failed"),
        (missing(RAISED), "failed"),
        (missing(RAISED, credential="expired"), "skipped"),
        (missing(RAISED, "removed", entry("read", 503, fault="status=503@before-commit")), "skipped"),
        (missing({"kind": "timed-out", "deadline": 1.0}), "skipped"),
    ],
)
def test_a_missing_one_is_reported(made: Call, expected: str) -> None:
    assert outcome("truth.absent-is-told", made) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(no(), READ, interface=REFRESH.name, **held()), "failed"),
        (call(RAISED, READ, interface=REFRESH.name, **held()), "failed"),
        (call(no(), READ, interface=REFRESH.name, access="view", **held()), "skipped"),
        (call(no(), READ, interface=REFRESH.name, variant={"faults": "reset"}, **held()), "skipped"),
        (call(no(), READ, interface=REFRESH.name, variant={"appointment": "title="}, **held()), "failed"),
    ],
)
def test_an_ordinary_one_must_be_shown(made: Call, expected: str) -> None:
    assert outcome("truth.shows-the-appointment", made) == expected


CHANGE = {"table": "t", "id": "7", "field": "note", "before": None, "after": "x"}


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        ([READ], "passed"),
        ([entry("other", 200, record=None)], "passed"),
        ([entry("update", 403)], "failed"),
        ([entry("read", 200, changes=[CHANGE])], "failed"),
        ([], "skipped"),
    ],
)
def test_a_read_changes_nothing(journal: list[dict[str, Any]], expected: str) -> None:
    made = call(no(), *journal, interface=REFRESH.name, **held())

    assert outcome("effect.changes-nothing", made) == expected


TENTATIVE, CONFIRMED = HELD, {**HELD, "status": "confirmed"}


def confirmed(
    value: Any, *journal: dict[str, Any], before: Any = TENTATIVE, after: Any = CONFIRMED, **more: Any
) -> Call:
    kept = {"cancellation": "transitioned"}
    return call(value, *journal, interface=CONFIRM.name, **kept, **held(before, after), **more)


SET = entry("confirm", 204, changes=[{"table": "t", "id": "7", "field": "status", "before": "T", "after": "K"}])
STAMP = {"table": "t", "id": "7", "field": "etag", "before": "1", "after": "2"}
REVIVED = entry("confirm", 204, changes=[{"table": "t", "id": "7", "field": "status", "before": "C", "after": "K"}])


@pytest.mark.parametrize(
    ("clause", "made", "expected"),
    [
        ("effect.confirmed", confirmed(yes(), SET), "passed"),
        ("effect.confirmed", confirmed(yes(), SET, after=TENTATIVE), "failed"),
        ("effect.confirmed", confirmed(no(), after=TENTATIVE, access="view"), "skipped"),
        ("effect.only-the-confirmation", confirmed(yes(), SET), "passed"),
        ("effect.only-the-confirmation", confirmed(yes(), {**SET, "changes": [*SET["changes"], STAMP]}), "passed"),
        ("effect.only-the-confirmation", confirmed(yes(), {**SET, "changes": [*SET["changes"], CHANGE]}), "failed"),
        ("effect.only-the-confirmation", confirmed(yes(), READ), "skipped"),
        ("truth.already-confirmed", confirmed(yes(), READ, before=CONFIRMED), "passed"),
        ("truth.already-confirmed", confirmed(no(), READ, before=CONFIRMED), "failed"),
        ("truth.already-confirmed", confirmed(no(), READ), "skipped"),
        ("effect.not-revived", confirmed(no(), READ, state={"before": "transitioned", "after": "transitioned", "final": "transitioned"}), "passed"),
        ("effect.not-revived", confirmed(yes(), REVIVED, state={"before": "transitioned", "after": "live", "final": "live"}), "failed"),
        ("effect.not-revived", confirmed(yes(), SET), "skipped"),
        ("truth.success-is-backed", confirmed(yes(), SET, after=TENTATIVE), "passed"),  # undone by somebody
        ("truth.success-is-backed", confirmed(yes(), entry("read", 200, shows="confirmed"), after=TENTATIVE), "passed"),
        ("truth.success-is-backed", confirmed(yes(), entry("read", 200, shows="live"), after=TENTATIVE), "failed"),
        ("truth.success-is-backed", confirmed(yes(), entry("update", 204), after=TENTATIVE), "failed"),
        ("truth.failure-is-true", confirmed(no(), SET), "failed"),
    ],
)  # fmt: skip
def test_confirmations(clause: str, made: Call, expected: str) -> None:
    assert outcome(clause, made) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Not found", "passed"),
        ("The contract is null and void", "failed"),
        ("NetSuite: undefined", "failed"),
        ("[object Object]", "failed"),
        ("<p>Sorry</p>", "failed"),
        ("3 < 4 > 2", "passed"),
        ("Confirmed: Hearing", "passed"),
    ],
)
def test_messages_for_people(message: str, expected: str) -> None:
    assert outcome("shape.readable-message", call(no(message=message))) == expected


def test_a_title_in_a_message_may_hold_anything() -> None:
    assert outcome("shape.readable-message", call(yes(message="Done: <b>null</b>"), title="<b>null</b>")) == "passed"


def test_calls_of_different_interfaces_need_not_add_up() -> None:
    other = {"appointment": "7", "world": "w", "title": "", "claim": "success"}

    assert (
        outcome(
            "truth.races-add-up",
            confirmed(yes(), after=TENTATIVE, concurrent=[{**other, "interface": "cancelAppointment"}]),
        )
        == "skipped"
    )
    assert (
        outcome(
            "truth.races-add-up", confirmed(yes(), after=TENTATIVE, concurrent=[{**other, "interface": CONFIRM.name}])
        )
        == "failed"
    )
    assert outcome("truth.races-add-up", confirmed(yes(), after=TENTATIVE, concurrent=[other])) == "failed"


@pytest.mark.parametrize(("given", "expected"), [("7", "failed"), (7, "skipped")])
def test_an_id_as_a_number_may_be_refused(given: Any, expected: str) -> None:
    """App Connect's routes pass texts: a connector may refuse what is none, as long as it reads nothing else."""
    params = {"appointmentId": given, "user": {}, "authHeader": ""}
    made = call(no(), interface=REFRESH.name, params=params, **held())

    assert outcome("truth.shows-the-appointment", made) == expected

"""What an update promises: on calls made by hand."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.interfaces import CANCEL, UPDATE
from tests.contracts.test_clauses import LOST, call, entry, no, outcome
from tests.contracts.test_families import KEPT, marks

ANN, BOB = {"id": 1, "name": "Ann", "type": "Contact"}, {"id": 2, "name": "Bob", "type": "Contact"}
ROOM = {"id": 9, "name": "Room", "type": "Calendar"}
HELD = {
    "id": "7",
    "thirdPartyAppointmentId": "7",
    "title": "Hearing",
    "description": "Bring the file.",
    "startTimeUtc": "2027-03-02T17:00:00Z",
    "durationMinutes": 60,
    "status": "scheduled",
    "contactId": "1",
    "attendees": [ANN, ROOM],
    "allDay": False,
}
FIELDS = {
    "title": ["title"],
    "summary": ["text"],
    "startTimeUtc": ["start", "end"],
    "startTime": ["start", "end"],
    "durationMinutes": ["start", "end"],
    "contacts": ["people"],
    "status": ["status"],
}
DONE = entry("update", 200)
TITLE = {"title": "Moved"}


def change(field: str, before: Any = "a", after: Any = "b") -> dict[str, Any]:
    return {"table": "t", "id": "7", "field": field, "before": before, "after": after}


def updated(patch: dict[str, Any], *journal: dict[str, Any], fails: bool = False, crm: Any = None, **more: Any) -> Call:
    """Return an update, a success that shows the record; ``held`` is what the CRM holds otherwise afterwards."""
    before = {**HELD, **more.pop("was", {})}
    after = {**before, **more.pop("held", {})} if more.get("after", "live") != "removed" else None
    shown = {**(after or before), **more.pop("shown", {})}
    final = {**after, **more.pop("ends", {})} if after else None
    value = no() if fails else {"successful": True, "appointment": shown}
    more.setdefault("cancellation", "transitioned")
    made = call(
        more.pop("outcome", value),
        *(journal or (DONE,)),
        interface=UPDATE.name,
        params={"appointmentId": "7", "patchBody": patch},
        appointment={"before": before, "after": after, "final": final},
        **more,
    )
    facts = {**made.crm, "patch_fields": FIELDS, "contact_kinds": ["Contact"], **(crm or {})}
    return Call({**made.record, "crm": facts})


@pytest.mark.parametrize(
    ("patch", "held", "expected"),
    [
        (TITLE, {"title": "Moved"}, "passed"),
        (TITLE, {"title": " Moved\n"}, "passed"),
        (TITLE, {}, "failed"),
        ({"summary": ""}, {"description": ""}, "passed"),
        ({"summary": "a\nb"}, {"description": "a\r\nb"}, "passed"),
        ({"summary": ""}, {}, "failed"),
        ({"startTimeUtc": "2027-03-02T18:00:00+01:00", "durationMinutes": 60}, {}, "passed"),
        ({"startTimeUtc": "2027-03-02T18:00:00Z", "durationMinutes": 60}, {}, "failed"),
        ({"startTime": "2027-03-02T18:00:00Z", "durationMinutes": 60}, {}, "failed"),
        ({"startTimeUtc": "2027-03-02T17:00:00Z", "durationMinutes": 61}, {}, "failed"),
        ({"contacts": ["1"]}, {}, "passed"),
        ({"contacts": [1, {"id": "1"}]}, {}, "passed"),
        ({"contacts": [2]}, {"attendees": [BOB, ROOM]}, "passed"),
        ({"contacts": ["9", "1"]}, {}, "passed"),  # whoever is named may be of another kind
        ({"contacts": []}, {"attendees": [ROOM]}, "passed"),
        ({"contacts": []}, {}, "failed"),
        ({"contacts": [1, 2]}, {}, "failed"),
        ({"contacts": [1]}, {"attendees": [ANN, BOB, ROOM]}, "failed"),
    ],
)
def test_a_plain_update_is_done(patch: dict[str, Any], held: dict[str, Any], expected: str) -> None:
    own = "contacts-are-replaced" if "contacts" in patch else "success-is-as-asked"

    assert outcome("update.is-done", updated(patch, held=held)) == expected
    assert outcome(f"update.{own}", updated(patch, held=held)) == expected


@pytest.mark.parametrize("fault", ["edited@before-authentication", "cancelled@before-authentication"])
def test_what_somebody_else_did_after_the_update_is_no_fault_of_it(fault: str) -> None:
    """A connector reads again to answer; the appointment may be another one by then."""
    met = entry("read", 200, fault=fault)
    names = {"title": "success-is-as-asked", "contacts": "contacts-are-replaced"}

    for patch in (TITLE, {"contacts": [2]}):
        clause = f"update.{names[next(iter(patch))]}"
        assert outcome(clause, updated(patch, DONE, met)) == "skipped"
        assert outcome(clause, updated(patch, met, DONE)) == "failed"  # it came before: the update is to hold
        assert outcome(clause, updated(patch, DONE, {**DONE, "fault": fault})) == "skipped"  # the second of two steps


def test_what_is_not_plain_may_be_refused() -> None:
    assert outcome("update.is-done", updated(TITLE, fails=True)) == "failed"
    assert outcome("update.is-done", updated(TITLE, fails=True, variant={"appointment": "x"})) == "skipped"
    assert outcome("update.is-done", updated({"durationMinutes": 5})) == "skipped"
    assert outcome("update.is-done", updated({"status": "void"})) == "skipped"


def test_a_success_that_no_request_backs_is_the_truths() -> None:
    """The clauses of updates are about requests that the CRM confirmed."""
    unasked = updated(TITLE, entry("read", 200))

    assert outcome("truth.success-is-backed", unasked) == "failed"
    assert outcome("truth.success-is-backed", updated(TITLE, entry("read", 200), held={"title": "Moved"})) == "passed"
    assert {outcome(f"update.{name}", unasked) for name in ("success-is-as-asked", "half-done-is-told")} == {"skipped"}


REFUSED = entry("update", 403)
TWO = {"title": "Moved", "contacts": [2]}


@pytest.mark.parametrize(
    ("journal", "held", "fails", "expected"),
    [
        ((DONE, REFUSED), {"title": "Moved"}, False, "failed"),
        ((DONE, entry("update", 0, **LOST)), {"title": "Moved"}, False, "failed"),
        ((DONE, entry("update", 202)), {"title": "Moved"}, False, "failed"),
        ((DONE, REFUSED), {"title": "Moved"}, True, "passed"),
        ((DONE, REFUSED, DONE), {"title": "Moved", "attendees": [BOB, ROOM]}, False, "passed"),
        ((DONE, DONE), {"title": "Moved"}, False, "skipped"),
        ((REFUSED, REFUSED), {}, False, "skipped"),
    ],
)
def test_what_is_half_done_is_no_success(journal: Any, held: dict[str, Any], fails: bool, expected: str) -> None:
    assert outcome("update.half-done-is-told", updated(TWO, *journal, held=held, fails=fails)) == expected


def test_a_duration_alone_may_meet_another_start_than_the_one_that_was_read() -> None:
    met = entry("update", 200, fault="edited@before-authentication")
    half, held = (entry("update", 202), met), {"durationMinutes": -20, "title": "Moved"}

    assert outcome("update.half-done-is-told", updated({"durationMinutes": 90, **TITLE}, *half, held=held)) == "passed"
    assert outcome("update.half-done-is-told", updated({"durationMinutes": 90}, *half[:1], DONE, held=held)) == "failed"
    assert outcome("update.half-done-is-told", updated({"durationMinutes": 90, **TITLE}, *half)) == "failed"


@pytest.mark.parametrize(
    ("journal", "held", "expected"),
    [
        ((DONE,), {"title": "Moved", "attendees": [BOB]}, "failed"),
        ((DONE,), {"title": "Moved"}, "passed"),  # half done, and told as a failure
        ((DONE, entry("update", 0, **LOST)), {"title": "Moved", "attendees": [BOB]}, "passed"),  # it cannot know
    ],
)
def test_a_failure_is_true_where_not_all_is_known_to_be_done(journal: Any, held: Any, expected: str) -> None:
    assert outcome("truth.failure-is-true", updated(TWO, *journal, held=held, fails=True)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("title",), "passed"),
        (("title", "etag"), "passed"),
        (("title", "place"), "failed"),
        (("text",), "failed"),
        (("*",), "failed"),
    ],
)
def test_only_what_the_patch_names_changes(fields: Any, expected: str) -> None:
    written = entry("update", 200, changes=[change(field) for field in fields])
    met = entry("read", 200, fault="edited@before-commit")

    assert outcome("update.untouched-stays", updated(TITLE, written)) == expected
    assert outcome("update.untouched-stays", updated(TITLE, written, met)) == "skipped"
    assert outcome("update.keeps-edits-of-others", updated(TITLE, written, met)) == expected
    assert outcome("update.keeps-edits-of-others", updated(TITLE, written, concurrent=[other({})])) == expected
    assert outcome("update.keeps-edits-of-others", updated(TITLE, written)) == "skipped"


def test_a_cancelled_status_may_remove_the_record() -> None:
    gone = entry("cancel", 204, changes=[change("*", {"id": "7"}, None)])

    def removes(status: str, cancellation: str) -> str:
        made = updated({"status": status}, gone, after="removed", cancellation=cancellation)
        return outcome("update.untouched-stays", made)

    assert removes("canceled", "removed") == "passed"
    assert removes("cancelled", "transitioned") == "failed"
    assert removes("confirmed", "removed") == "failed"


@pytest.mark.parametrize(
    ("patch", "held", "expected"),
    [
        ({"startTimeUtc": "2027-03-02T18:00:00Z"}, {"startTimeUtc": "2027-03-02T18:00:00Z"}, "passed"),
        (
            {"startTimeUtc": "2027-03-02T18:00:00Z"},
            {"startTimeUtc": "2027-03-02T18:00:00Z", "durationMinutes": 0},
            "failed",
        ),
        ({"startTimeUtc": "2027-03-02T18:00:00Z"}, {}, "failed"),
        ({"durationMinutes": 30}, {"durationMinutes": 30}, "passed"),
        ({"durationMinutes": 30}, {}, "failed"),
        ({"durationMinutes": 30}, {"durationMinutes": 30, "startTimeUtc": "2027-03-02T18:00:00Z"}, "failed"),
        ({"startTimeUtc": "2027-03-02T17:00:00Z", "durationMinutes": 60}, {}, "skipped"),
        (TITLE, {"title": "Moved"}, "skipped"),
    ],
)
def test_a_time_alone_keeps_the_other(patch: dict[str, Any], held: dict[str, Any], expected: str) -> None:
    assert outcome("update.lone-times", updated(patch, held=held)) == expected
    assert outcome("update.lone-times", updated(patch, held=held, fails=True)) == "skipped"


@pytest.mark.parametrize(
    ("held", "expected"),
    [({"attendees": [ROOM]}, "passed"), ({"attendees": []}, "failed"), ({"attendees": [{**ROOM, "id": 8}]}, "failed")],
)
def test_attendees_who_are_no_contacts_stay(held: dict[str, Any], expected: str) -> None:
    assert outcome("update.other-attendees-stay", updated({"contacts": []}, held=held)) == expected
    assert outcome("update.other-attendees-stay", updated(TITLE, held=held)) == "skipped"
    assert (
        outcome("update.other-attendees-stay", updated({"contacts": []}, held=held, was={"attendees": [ANN]}))
        == "skipped"
    )


@pytest.mark.parametrize(
    ("missing", "more", "expected"),
    [
        ((), {}, "passed"),
        (("title",), {"summary": "Moved"}, "passed"),
        (("attendees",), {"attendeeIds": [1]}, "passed"),
        (("contactId", "thirdPartyAppointmentId"), {}, "passed"),
        (("description",), {"summary": "x"}, "failed"),
        (("attendees",), {}, "failed"),
    ],
)
def test_the_whole_record_is_returned(missing: tuple[str, ...], more: dict[str, Any], expected: str) -> None:
    shown = {name: value for name, value in HELD.items() if name not in missing} | more
    value = {"successful": True, "appointment": shown}

    assert outcome("update.returns-it-whole", updated(TITLE, outcome=value)) == expected


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("cancelled", {"after": "transitioned"}, "passed"),
        ("canceled", {"after": "removed"}, "passed"),
        ("canceled", {}, "failed"),
        ("confirmed", {"held": {"status": "confirmed"}}, "passed"),
        ("confirmed", {}, "failed"),
        ("scheduled", {"held": {"status": "confirmed"}}, "passed"),
        ("scheduled", {"held": {"status": "cancelled"}}, "failed"),
        ("tentative", {}, "passed"),  # what the CRM has of it is not known
        ("tentative", {"crm": {"status_field": None}}, "failed"),
        ("canceled", {"fails": True}, "skipped"),
    ],
)
def test_a_status_is_done_or_refused(status: str, more: dict[str, Any], expected: str) -> None:
    assert outcome("update.status-is-done-or-refused", updated({"status": status}, **more)) == expected


@pytest.mark.parametrize(
    ("contacts", "named", "expected"),
    [
        (["2"], ["1"], "failed"),
        (["2"], ["2"], "passed"),
        (["1", "2"], ["1"], "passed"),
        ([{"id": 1}], ["1"], "passed"),
        ([], ["1"], "failed"),
        ([], [], "passed"),
    ],
)
def test_a_removed_contact_does_not_stay_the_named_one(contacts: list[Any], named: list[str], expected: str) -> None:
    made = updated({"contacts": contacts}, was={"namedContacts": ["1"]}, held={"namedContacts": named})

    assert outcome("update.contact-is-replaced", made) == expected


def test_without_a_field_that_names_the_contact_nothing_is_judged() -> None:
    assert outcome("update.contact-is-replaced", updated({"contacts": ["2"]})) == "skipped"


def test_both_spellings_cancel_where_there_is_such_a_status() -> None:
    refused = updated({"status": "canceled"}, fails=True)

    assert outcome("update.both-spellings", refused) == "failed"
    assert outcome("update.both-spellings", updated({"status": "canceled"}, after="transitioned")) == "passed"
    assert outcome("update.both-spellings", updated({"status": "confirmed"}, fails=True)) == "skipped"
    without = updated({"status": "canceled"}, fails=True, cancellation="removed")
    assert outcome("update.both-spellings", without) == "skipped"


def test_a_flag_is_no_status_of_which_somebody_knows_spellings() -> None:
    flag = {"cancellation": "flagged", "status_field": None, "marks": {"isDeleted": True}}

    assert outcome("update.both-spellings", updated({"status": "canceled"}, fails=True, crm=flag)) == "skipped"


def other(patch: dict[str, Any], interface: str = UPDATE.name, claim: str = "success") -> dict[str, Any]:
    asked = {"appointmentId": "7", **({"patchBody": patch} if interface == UPDATE.name else {})}
    return {
        "interface": interface,
        "appointment": "7",
        "world": "w",
        "title": "Hearing",
        "claim": claim,
        "asked": asked,
    }


@pytest.mark.parametrize(
    ("theirs", "ends", "expected"),
    [
        ({"summary": "x"}, {"title": "Moved"}, "passed"),
        ({"summary": "x"}, {"title": "Hearing"}, "failed"),
        ({"title": "Theirs"}, {"title": "Theirs"}, "skipped"),
    ],
)
def test_two_updates_at_once_are_both_there(theirs: Any, ends: Any, expected: str) -> None:
    made = updated(TITLE, held={"title": "Moved"}, ends=ends, concurrent=[other(theirs)])

    assert outcome("update.concurrent-updates-add-up", made) == expected
    assert outcome("truth.races-add-up", made) == ("passed" if theirs == TITLE else "skipped")


def test_the_same_update_twice_adds_up_like_any_call() -> None:
    made = updated(TITLE, ends={"title": "Hearing"}, concurrent=[other(TITLE)])

    assert outcome("truth.races-add-up", made) == "failed"


@pytest.mark.parametrize(
    ("concurrent", "people", "expected"),
    [
        ([other({"contacts": [1]})], [ANN, ANN, ROOM], "passed"),  # each call invited her
        ([other({"contacts": [1]})], [ANN, BOB, ROOM], "failed"),
        ([other({"contacts": [1]})], [ROOM], "failed"),
    ],
)
def test_two_calls_at_once_may_invite_somebody_twice(concurrent: Any, people: Any, expected: str) -> None:
    made = updated({"contacts": [1]}, was={"attendees": [ROOM]}, ends={"attendees": people}, concurrent=concurrent)

    assert outcome("truth.races-add-up", made) == expected


def test_one_call_invites_nobody_twice() -> None:
    elsewhere = [{**other({"contacts": [1]}), **place} for place in ({"appointment": "8"}, {"world": "another"})]
    twice = {"attendees": [ANN, ANN, ROOM]}

    assert outcome("update.is-done", updated({"contacts": [1]}, held=twice)) == "failed"
    assert outcome("update.is-done", updated({"contacts": [1]}, held=twice, concurrent=elsewhere)) == "failed"


def test_an_update_against_a_cancellation_is_no_race_of_updates() -> None:
    made = updated(TITLE, after="removed", concurrent=[other({}, CANCEL.name)])

    assert outcome("update.concurrent-updates-add-up", made) == "skipped"


def test_a_missing_appointment_is_told() -> None:
    gone: dict[str, Any] = {"before": "removed", "after": "removed"}

    assert outcome("truth.absent-is-told", updated(TITLE, entry("read", 404), fails=True, **gone)) == "passed"
    raised = {"kind": "raised", "error": {"type": "E", "message": "", "status": 404}}
    assert outcome("truth.absent-is-told", updated(TITLE, entry("read", 404), outcome=raised, **gone)) == "failed"


def test_what_was_cancelled_is_not_brought_back() -> None:
    back = entry("confirm", 204, changes=[change("status", "C", "K")])
    made = updated({"status": "confirmed"}, back, before="transitioned")

    assert outcome("effect.not-revived", made) == "failed"


def test_the_examples_patch_follows_from_the_id() -> None:
    """So it is another one in each exam; scenarios give inputs of their own."""
    given: Any = {"appointmentId": "7", "patchBody": TITLE}
    one, other_ = UPDATE.example("1234567"), UPDATE.example("1234568")

    assert one["patchBody"] != other_["patchBody"]
    assert one["patchBody"].keys() == {"title", "summary"}
    assert UPDATE.example(given) == given


def test_a_lost_write_is_judged_by_what_is_held() -> None:
    lost = entry("update", 0, fault="reset@before-commit", received="nothing")

    assert outcome("truth.lost-is-not-done", updated(TITLE, lost, entry("read", 200))) == "failed"
    assert outcome("truth.lost-is-not-done", updated(TITLE, lost, held={"title": "Moved"})) == "passed"


@pytest.mark.parametrize("name", KEPT)
def test_a_status_may_be_what_cancelling_sets(name: str) -> None:
    """Where a flag says cancelled, no field of the patch has the status's name."""
    for patch, expected in (({"status": "cancelled"}, "passed"), (TITLE, "failed")):
        call = updated(patch, entry("cancel", 200, changes=marks(name)), after=name, cancellation=name)
        assert (
            outcome("update.untouched-stays", Call({**call.record, "crm": {**call.crm, "patch_fields": {}}}))
            == expected
        )

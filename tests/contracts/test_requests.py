"""What App Connect's routes pass on of what a panel sends, and how they refuse it."""

from typing import Any

import pytest

from greenroom.contracts.harness.requests import CREATED, MOST, PATCHED, STATUS

RIGHT = {"title": "Call", "summary": "", "startTimeUtc": "2027-03-02T17:00:00.000Z", "durationMinutes": 30}


def test_a_title_loses_the_blanks_around_it() -> None:
    assert CREATED.inputs("", {**RIGHT, "title": "\ufeff Call\u00a0\n"}) == {"payload": RIGHT}
    assert PATCHED.inputs("7", {"title": " Call "}) == {"appointmentId": "7", "patchBody": {"title": "Call"}}
    assert PATCHED.inputs("7", {"title": "\x1cCall"})["patchBody"] == {"title": "\x1cCall"}, "JavaScript keeps it"


def test_a_status_is_passed_on_in_small_letters() -> None:
    assert STATUS.inputs("7", {"status": " Canceled "}) == {"appointmentId": "7", "patchBody": {"status": "canceled"}}


@pytest.mark.parametrize("contact", ["4401", 4401, {"id": "4401", "type": "Contact"}, {"id": 4401, "contactType": ""}])
def test_contacts_have_three_forms(contact: Any) -> None:
    assert CREATED.refusal({**RIGHT, "contacts": [contact]}) is None
    assert PATCHED.refusal({"contacts": [contact]}) is None


REFUSED = [
    ({"title": " "}, "title", "Too small: expected string to have >=1 characters"),
    ({"title": None}, "title", "Invalid input"),
    ({"startTimeUtc": ""}, "startTimeUtc", "Invalid ISO datetime"),
    ({"startTimeUtc": None}, "startTimeUtc", "Invalid input"),
    ({"durationMinutes": 0}, "durationMinutes", "Too small: expected number to be >0"),
    ({"durationMinutes": 1.5}, "durationMinutes", "Invalid input: expected int, received number"),
    ({"durationMinutes": None}, "durationMinutes", "Invalid input: expected number, received null"),
    ({"durationMinutes": "30"}, "durationMinutes", "Invalid input"),
    ({"durationMinutes": MOST + 1}, "durationMinutes", f"Too big: expected int to be <={MOST}"),
    ({"contacts": "4401"}, "contacts", "Invalid input"),
]


@pytest.mark.parametrize(("wrong", "field", "message"), REFUSED)
def test_what_is_wrong_stands_at_its_field(wrong: dict[str, Any], field: str, message: str) -> None:
    details = [{"path": [field], "message": message}]

    assert CREATED.refusal({**RIGHT, **wrong}) == {"error": "Invalid appointment create request", "details": details}
    assert PATCHED.refusal({**RIGHT, **wrong}) == {"error": "Invalid appointment patch request", "details": details}


def test_each_wrong_field_is_named() -> None:
    refused = CREATED.refusal({**RIGHT, "title": "", "durationMinutes": 0})

    assert refused
    assert [each["path"] for each in refused["details"]] == [["title"], ["durationMinutes"]]


def test_a_wrong_contact_is_named_by_its_place() -> None:
    contacts = ["4401", "4401-a", {"id": "x"}, 1.5]
    refused = PATCHED.refusal({"contacts": contacts})

    assert refused
    assert [each["path"] for each in refused["details"]] == [["contacts", 1], ["contacts", 2, "id"], ["contacts", 3]]


WHOLE = [
    (PATCHED, {}, "patch", "At least one appointment field must be supplied."),
    (PATCHED, {"durationMinutes": 30}, "patch", "Invalid input"),
    (PATCHED, {"status": "confirmed"}, "patch", "Invalid input"),
    (CREATED, {}, "create", "Invalid input"),
    (STATUS, {"status": "confirmed", "title": "x"}, "status", "Invalid input"),
]


@pytest.mark.parametrize(("request_", "asked", "kind", "message"), WHOLE)
def test_what_is_wrong_with_no_field_is_wrong_with_the_whole(
    request_: Any, asked: Any, kind: str, message: str
) -> None:
    details = [{"path": [], "message": message}]

    assert request_.refusal(asked) == {"error": f"Invalid appointment {kind} request", "details": details}


def test_no_status_is_refused() -> None:
    details = [{"path": ["status"], "message": "Too small: expected string to have >=1 characters"}]

    assert STATUS.refusal({"status": " "}) == {"error": "Invalid appointment status request", "details": details}

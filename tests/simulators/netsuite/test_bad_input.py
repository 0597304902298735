import json

import pytest

from tests.fakes import EVENTS, Fake


def code(answer: object) -> str:
    return str(answer.json()["o:errorDetails"][0]["o:errorCode"])  # type: ignore[attr-defined]


def test_unknown_id_is_404(netsuite: Fake) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        answer = netsuite.ask(method, EVENTS + "/999999", json={"title": "x"})
        assert (answer.status_code, code(answer)) == (404, "NONEXISTENT_ID")
        assert "record instance does not exist" in answer.json()["o:errorDetails"][0]["detail"]


@pytest.mark.parametrize("key", ["000", "abc", "12x", "1%2F2", "%20"])
def test_ill_formed_id_is_400(netsuite: Fake, key: str) -> None:
    answer = netsuite.ask("PATCH", f"{EVENTS}/{key}", json={"title": "x"})

    assert (answer.status_code, code(answer)) == (400, "INVALID_ID")
    assert answer.json()["o:errorDetails"][0]["o:errorUrl"]


def test_unknown_type_is_404(netsuite: Fake) -> None:
    answer = netsuite.ask("GET", "/services/rest/record/v1/appointment/1")

    assert answer.status_code == 404
    assert "Record type 'appointment' does not exist" in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe"])
def test_unreadable_bodies_are_400(netsuite: Fake, body: bytes) -> None:
    for method, path in (("POST", EVENTS), ("PATCH", netsuite.entry())):
        answer = netsuite.ask(method, path, data=body)
        assert (answer.status_code, code(answer)) == (400, "INVALID_CONTENT")
        assert "Invalid content in the request body" in answer.text
    assert netsuite.world.journal.since()[-1].changes == []


def test_an_empty_object_is_accepted(netsuite: Fake) -> None:
    assert netsuite.ask("PATCH", netsuite.entry(), json={}).status_code == 204


@pytest.mark.parametrize("status", ["CANCELED", "cancelled", {"id": "GONE"}, {"refName": "Cancelled"}, 7, {}])
def test_wrong_enum_is_400(netsuite: Fake, status: object) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"status": status, "title": "x"})

    assert (answer.status_code, code(answer)) == (400, "INVALID_VALUE")
    assert (netsuite.record()["status"], netsuite.record()["title"]) == ("CONFIRMED", "Quarterly review")


def test_unknown_fields_are_named(netsuite: Fake) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"description": "x"})

    assert answer.status_code == 204
    assert "description" in answer.headers["X-NetSuite-PropertyValidation"]


def test_end_before_start_is_a_user_error(netsuite: Fake) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"endTime": "14:30", "title": "x"})

    assert (answer.status_code, code(answer)) == (400, "USER_ERROR")
    assert netsuite.record()["title"] == "Quarterly review"


@pytest.mark.parametrize(
    "body", [{"title": 7}, {"timedEvent": "yes"}, {"organizer": {"id": "me"}}, {"startTime": "noon"}]
)
def test_mistyped_fields_are_400(netsuite: Fake, body: dict[str, object]) -> None:
    assert netsuite.ask("PATCH", netsuite.entry(), json=body).status_code == 400


def test_an_attendee_that_does_not_exist_is_400(netsuite: Fake) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"attendee": {"items": [{"attendee": {"id": "777"}}]}})

    assert (answer.status_code, code(answer)) == (400, "INVALID_CONTENT")
    assert answer.json()["o:errorDetails"][0]["o:errorPath"] == "attendee.items[0]"


def test_options_is_204(netsuite: Fake) -> None:
    for path in ("/", netsuite.entry(), "/anything/at/all"):
        assert netsuite.ask("OPTIONS", path).status_code == 204


def test_wrong_verb_is_405(netsuite: Fake) -> None:
    answer = netsuite.ask("POST", netsuite.entry(), json={})

    assert answer.status_code == 405
    assert answer.json()["status"] == 405


def test_unknown_path_is_404_in_netsuites_shape(netsuite: Fake) -> None:
    answer = netsuite.ask("GET", "/services/rest/nothing")

    assert (answer.status_code, code(answer)) == (404, "INVALID_URL")


def test_malformed_http_is_answered_in_netsuites_shape(netsuite: Fake) -> None:
    head, _, body = netsuite.raw(b"nonsense\r\n\r\n").partition(b"\r\n\r\n")

    assert b"type=error" in head
    assert json.loads(body)["o:errorDetails"][0]["detail"]
    assert netsuite.ask("GET", netsuite.entry()).status_code == 200


def test_endless_nesting_is_400(netsuite: Fake) -> None:
    assert netsuite.ask("PATCH", netsuite.entry(), data=b"[" * 100_000).status_code == 400


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_other_media_types_are_415(netsuite: Fake, media: str) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), data=b'{"title": "x"}', headers={"Content-Type": media})

    assert answer.status_code == 415
    assert netsuite.record()["title"] == "Quarterly review"


def test_a_status_cannot_be_emptied(netsuite: Fake) -> None:
    assert netsuite.ask("PATCH", netsuite.entry(), json={"status": None}).status_code == 400


def test_empty_answers_have_no_media_type(netsuite: Fake) -> None:
    for method in ("OPTIONS", "DELETE"):
        assert "Content-Type" not in netsuite.ask(method, netsuite.entry()).headers


@pytest.mark.parametrize(
    "body",
    [
        {"startDate": "not a date"},
        {"startDate": "2027-02-30"},
        {"startDate": "20270302"},
        {"completedDate": "x"},
        {"title": "\ud800"},
    ],
)
def test_values_that_cannot_be_are_400_and_not_kept(netsuite: Fake, body: dict[str, str]) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json=body)
    listed = netsuite.ask("GET", EVENTS, params={"q": 'startDate AFTER "1/1/2020"'})

    assert (answer.status_code, code(answer)) == (400, "INVALID_VALUE")
    assert answer.json()["o:errorDetails"][0]["o:errorPath"] == next(iter(body))
    assert listed.status_code == 200


def test_an_end_without_a_start_must_be_a_time(netsuite: Fake) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json={"startTime": None, "endTime": "x"})

    assert (answer.status_code, code(answer)) == (400, "USER_ERROR")


def test_an_organizer_that_does_not_exist_is_400(netsuite: Fake) -> None:
    for method, path in (("PATCH", netsuite.entry()), ("POST", EVENTS)):
        answer = netsuite.ask(method, path, json={"organizer": {"id": "99999999"}})
        assert (answer.status_code, code(answer)) == (400, "INVALID_CONTENT")
        told = answer.json()["o:errorDetails"][0]
        assert told["detail"] == "Invalid field value 99999999 for field organizer."
        assert told["o:errorPath"] == "organizer"


@pytest.mark.parametrize("depth", [60, 300, 3000])
def test_a_query_that_nests_without_end_is_400(netsuite: Fake, depth: int) -> None:
    answer = netsuite.ask("GET", EVENTS, params={"q": "(" * depth + "id EQUAL 1" + ")" * depth})

    assert (answer.status_code, code(answer)) == (400, "INVALID_PARAMETER")

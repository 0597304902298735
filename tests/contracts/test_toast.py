"""What the user of App Connect would see. The table is that of the published core, run by hand (1.7.41)."""

from typing import Any

import pytest

from greenroom.contracts.clauses.toast import in_words, seen
from greenroom.contracts.interfaces import CANCEL, UPDATE

PARAMS = {"appointmentId": "7"}

GENERIC = "Error performing cancelAppointment"
OK = {"successful": True, "returnMessage": {"message": "m", "messageType": "success", "ttl": 1}}


def toast(value: Any, **more: Any) -> tuple[Any, Any, Any]:
    found = seen({"kind": "returned", "value": value, **more}, CANCEL, PARAMS, "Clio")
    return found["http"], found["from"], found["message"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (OK, (200, "connector", "m")),
        ({"returnMessage": {"message": "m"}}, (200, "connector", "m")),
        ({"successful": True, "returnMessage": {}}, (200, "connector", None)),
        ({"successful": True, "appointment": {"id": "7"}}, (200, "connector", None)),
        (
            {"successful": True, "appointment": {"id": 7, "startTimeUtc": "2027-02-28T09:00:00.000Z"}},
            (200, "connector", None),
        ),
        ({"successful": False, "returnMessage": {"message": "m"}}, (200, "connector", "m")),
        ({"successful": False, "appointment": {"id": None}, "returnMessage": {}}, (200, "connector", None)),
        ({"successful": True, "appointment": None, "returnMessage": {}}, (200, "connector", None)),
        ({"successful": True, "appointment": "", "returnMessage": {}}, (200, "connector", None)),
        ({"successful": True}, 400),
        ({"successful": False}, 400),
        ({"successful": True, "returnMessage": "m"}, 400),
        ({"successful": True, "returnMessage": None}, 400),
        ({"successful": True, "returnMessage": {"message": None}}, 400),
        ({"successful": True, "returnMessage": {"ttl": 1.5}}, 400),
        ({"successful": True, "returnMessage": {"ttl": "3000"}}, 400),
        ({"successful": True, "returnMessage": {"ttl": -1}}, 400),
        ({"successful": True, "returnMessage": {"ttl": 2147483648}}, 400),
        ({"successful": True, "returnMessage": {"details": ["x"]}}, 400),
        ({"successful": True, "appointment": {"id": None}, "returnMessage": {}}, 400),
        ({"successful": True, "appointment": {}, "returnMessage": {}}, 400),
        ({"successful": True, "appointment": {"id": " "}}, 400),
        ({"successful": True, "appointment": "7"}, 400),
        ({"successful": True, "appointment": {"id": "7", "startTimeUtc": "2027-02-30T09:00:00Z"}}, 400),
        ({"successful": True, "appointment": {"id": "7", "startTimeUtc": "2027-02-28T09:00:00"}}, 400),
        (None, (200, "core", GENERIC)),
        ([], (200, "core", GENERIC)),
        ("ok", (200, "core", GENERIC)),
        ({"successful": "true"}, (200, "core", GENERIC)),
        ({"successful": 1}, (200, "core", GENERIC)),
        ({"successful": None}, (200, "core", GENERIC)),
        ({"successful": None, "isRevokeUserSession": True}, (200, "core", GENERIC)),
        ({**OK, "isRevokeUserSession": "no"}, (401, "core", "the session is revoked")),
        ({"isRevokeUserSession": True}, (401, "core", "the session is revoked")),
        ({**OK, "isRevokeUserSession": 0}, (200, "connector", "m")),
    ],
)
def test_returned_values(value: Any, expected: Any) -> None:
    found = toast(value)

    assert found == expected if isinstance(expected, tuple) else found[:2] == (400, "core")


def test_a_value_that_is_no_json_reaches_nobody() -> None:
    assert toast(None, unrepresentable="a datetime")[0] == 400


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (399, GENERIC),
        (400, "Authorization error"),
        (404, "Authorization error"),
        (409, "Authorization error"),
        (410, GENERIC),
        (429, "Rate limit exceeded"),
        (500, GENERIC),
        (None, GENERIC),
    ],
)
def test_escaped_errors(status: int | None, message: str) -> None:
    outcome = {"kind": "raised", "error": {"type": "E", "message": "", "status": status}}

    assert seen(outcome, CANCEL, PARAMS, "Clio")["message"].startswith(message)


@pytest.mark.parametrize("status", [None, 500])
def test_an_update_has_words_of_its_own(status: int | None) -> None:
    escaped = seen({"kind": "raised", "error": {"type": "E", "status": status}}, UPDATE, PARAMS, "clio")
    no_object = seen({"kind": "returned", "value": None}, UPDATE, PARAMS, "clio")

    assert escaped == no_object
    assert escaped["message"] == "Error updating appointment"
    assert "still exists on clio" in escaped["details"][0]["items"][0]["text"]


def test_an_update_needs_its_appointment() -> None:
    """The route builds it as for a refresh: a message alone does not do."""
    alone = seen({"kind": "returned", "value": OK}, UPDATE, PARAMS, "Clio")
    both = seen({"kind": "returned", "value": {**OK, "appointment": {"id": "7"}}}, UPDATE, PARAMS, "Clio")

    assert (alone["http"], both["http"], both["message"]) == (400, 200, "m")


def test_in_words() -> None:
    def words(outcome: dict[str, Any]) -> str:
        return in_words(seen(outcome, CANCEL, PARAMS, "Clio"))

    assert words({"kind": "returned", "value": OK}) == "[success] m"
    assert words({"kind": "returned", "value": {"successful": True}}).startswith("HTTP 400")
    assert words({"kind": "returned", "value": {"returnMessage": {}}}) == "no message of the connector's"
    assert (
        words({"kind": "returned", "value": {"returnMessage": {"messageType": "success"}}})
        == "[success] (an empty toast)"
    )
    assert words({"kind": "timed-out"}) == "nothing: App Connect waits for ever"
    assert words({"kind": "crashed"}) == "nothing: the process died"


def test_details_are_told_whoever_wrote_them() -> None:
    told = {"title": "Details", "items": [{"id": "1", "type": "text", "text": "Ask Ada."}, {"id": "2"}, "x"]}
    value = {"successful": False, "returnMessage": {"message": "No.", "messageType": "warning", "details": [told]}}
    own = seen({"kind": "returned", "value": value}, CANCEL, PARAMS, "clio")
    escaped = seen({"kind": "raised", "error": {"type": "E", "status": 404}}, CANCEL, PARAMS, "clio")

    assert own["details"] == [told]
    assert in_words(own) == "[warning] No. (Ask Ada.)"
    assert "Please Logout and then Connect your clio account" in escaped["details"][0]["items"][0]["text"]

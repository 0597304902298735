"""A CRM whose calls carry a session, and whose titles have a length: what scenarios make of these facts."""

from greenroom.contracts.interfaces import CANCEL, CREATE, UPDATE
from tests.contracts.runs import REFERENCE, certificate, failed

TARGET = str(REFERENCE / "bullhorn.py")


def test_without_a_credential_there_is_no_session_either() -> None:
    found = certificate(TARGET, "bullhorn", scenarios=("missing-token",), interfaces=(CANCEL.name,))

    (call,) = found.calls
    assert call["actor"]["credential"] == "missing"
    assert [entry["answer"]["status"] for entry in call["journal"]] == [412, 400]


def test_a_title_that_the_crm_may_not_take_may_be_refused() -> None:
    found = certificate(
        TARGET, "bullhorn", scenarios=("create-texts", "update-texts"), interfaces=(CREATE.name, UPDATE.name)
    )

    longest = [call for call in found.calls if "x" * 255 in str(call["params"])]
    assert {call["variant"].get("appointment") for call in longest} >= {"a title for which the CRM may have no room"}
    assert failed(found) == {}

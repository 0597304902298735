"""A name that does not exist is answered with the one that was meant, or with all that there are."""

import pytest

from greenroom.simulators.core.names import did_you_mean
from tests.catalogue import HERE
from tests.greenroom.shell import greenroom

CLIO = str(HERE.parent / "connectors" / "reference" / "clio.py")
CALL = ("call", CLIO, "cancelAppointment", "--crm", "clio")


def test_case_and_separators_do_not_count() -> None:
    assert (
        did_you_mean("cancel_appointment", ["listAppointments", "cancelAppointment"])
        == "did you mean 'cancelAppointment'?"
    )


def test_a_name_that_is_like_none_gets_all() -> None:
    assert did_you_mean("salesforce", ["clio", "netsuite"]) == "use one of: clio, netsuite"
    assert did_you_mean("x", ["a", "b"], "there are: ") == "there are: a, b"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("certfy",), "unknown command 'certfy'; did you mean 'certify'?"),
        (("certify", CLIO, "--crm", "cleo"), "unknown CRM 'cleo'; did you mean 'clio'?"),
        (
            ("certify", CLIO, "--crm", "clio", "--level", "document"),
            "unknown level 'document'; did you mean 'documented'?",
        ),
        (
            ("certify", CLIO, "--crm", "clio", "--interface", "cancelappointments"),
            "interface 'cancelappointments' is not judged; did you mean 'cancelAppointment'?",
        ),
        (
            ("certify", CLIO, "--crm", "clio", "--scenario", "lost-request"),
            "no scenario of level resilient matches 'lost-request'; did you mean 'lost-requests'?",
        ),
        (
            ("certify", CLIO, "--crm", "clio", "--only", "truth.lost_is_not_don"),
            "no clause matches 'truth.lost_is_not_don'; did you mean 'truth.lost-is-not-done'?",
        ),
        (
            ("clauses", "truth.no-wrong-logut"),
            "no clause matches 'truth.no-wrong-logut'; did you mean 'truth.no-wrong-logout'?",
        ),
        (("call", CLIO, "cancelApointment", "--crm", "clio"), "did you mean 'cancelAppointment'?"),
        (
            (*CALL, "--params", '{"appointment_id": "1"}'),
            "has an unknown field 'appointment_id'; did you mean 'appointmentId'?",
        ),
        ((*CALL, "--fault", "rset"), "no fault 'rset'; did you mean 'reset'?"),
        ((*CALL, "--fault", "reset,stag=before-commit"), "is not KEY=VALUE; did you mean 'stage'?"),
        ((*CALL, "--fault", "reset,stage=before-comit"), "cannot fire at before-comit; did you mean 'before-commit'?"),
        ((*CALL, "--fault", "reset,times=-1"), "a fault meets 1 to 1000 requests, not -1"),
        (("serve", "clio", "--switch", "rate-limt=off"), "no switch rate-limt=off; did you mean 'rate-limit'?"),
        (("serve", "cleo"), "did you mean 'clio'?"),
    ],
)
def test_every_command_suggests_what_was_meant(words: tuple[str, ...], sentence: str) -> None:
    said = greenroom(*words)

    assert said.code == 2
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1

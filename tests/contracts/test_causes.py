"""Hints that name the cause: why an appointment still stands, what to send instead, how a process ended."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import Violation, judge
from tests.contracts.test_clauses import BY_ID, LOST, call, entry, no, outcome, yes

PATCH = {"method": "PATCH", "scheme": "https", "host": "h", "path": "/a/7", "query": "", "headers": {}, "body": ""}
ELSEWHERE = entry("external_host", 200, record=None, request={**PATCH, "host": "evil.example"})
ATTEMPT = {"host": "other.example", "port": 443, "why": "other-host"}
RAISED = {"kind": "raised", "error": {"type": "TypeError", "message": "no", "status": None}}
CRASHED = {"kind": "crashed", "exit": 3}
HUNG = {"kind": "timed-out", "deadline": 1.0}
KEPT: dict[str, Any] = {"cancellation": "transitioned"}


def violation(clause: str, made: Call) -> Violation:
    (found,) = judge(BY_ID[clause], [made]).violations
    return found


def refused(status: int, body: str = "") -> dict[str, Any]:
    return entry("cancel", status, request=PATCH, answer={"status": status, "headers": {}, "body": body})


@pytest.mark.parametrize(
    ("made", "hint"),
    [
        (call(yes()), "no request came: cancel with DELETE of t/7, and wait for the response"),
        (call(RAISED), "no request came: an error came first; fix it"),
        (call(CRASHED), "no request came: the process ended first; fix the cause"),
        (call(HUNG), "no request came: the call waited for something else until the deadline; find out for what"),
        (
            call(yes(), ELSEWHERE, attempts=[ATTEMPT]),
            "it sent requests to evil.example, other.example, which is no host of X at its port; "
            "use https://h, the user's host name",
        ),
        (
            call(no(), entry("cancel", 403, person="2")),
            "its request carried another user's credentials: send the authHeader of this call",
        ),
        (
            call(no(), entry("cancel", 404, world="v")),
            "its request carried another user's credentials: send the authHeader of this call",
        ),
        (
            call(no(), entry("cancel", 401, person=None, credential="missing")),
            "its request carried no credentials: send the authHeader of this call",
        ),
        (
            call(no(), entry("read", 200), entry("cancel", 404, record="8", request={**PATCH, "path": "/a/8"})),
            "it sent PATCH /a/8, which is not t 7: send the given id unchanged",
        ),
        (call(no(), entry("read", 200)), "it only read: cancel with DELETE of t/7, and wait for the response"),
        (
            call(yes(), entry("update", 200, request=PATCH), **KEPT),
            "PATCH /a/7 succeeded, but does not cancel: cancel with PATCH of t/7, status set to C",
        ),
        (call(no(), refused(422, "bad\n id")), "X refused PATCH /a/7 with 422 bad id; cancel with DELETE of t/7"),
        (call(no(), refused(405)), "X refused PATCH /a/7 with 405; cancel with DELETE of t/7"),
        (call(no(), entry("cancel", 0, received="nothing")), "cancel with DELETE of t/7, and wait for the response"),
    ],
)
def test_why_an_appointment_still_stands(made: Call, hint: str) -> None:
    assert violation("effect.cancelled", made).hint == hint


def changing(method: str) -> dict[str, Any]:
    change = {"table": "t", "id": "7", "field": "*", "before": {"id": 7}, "after": None}
    return entry("delete", 204, request={**PATCH, "method": method}, changes=[change])


@pytest.mark.parametrize(
    ("made", "hint"),
    [
        (
            call(yes(), changing("DELETE"), after="removed", **KEPT),
            "cancel with PATCH of t/7, status set to C, not with DELETE",
        ),
        (
            call(yes(), changing("PATCH"), before="removed", after="live"),
            "send no request for an appointment that is already cancelled",
        ),
        (call(yes(), after="removed", **KEPT), "cancel with PATCH of t/7, status set to C"),
        (
            call(yes(), changing("DELETE"), before="transitioned", after="removed", **KEPT),
            "send no request for an appointment that is already cancelled",
        ),
    ],
)
def test_what_to_send_instead(made: Call, hint: str) -> None:
    assert violation("effect.right-way", made).hint == hint


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ({"language": "python"}, "CANCELLATION = 'transitioned'"),
        ({"language": "javascript"}, "exports.cancellation = 'transitioned'"),
        ({}, "CANCELLATION = 'transitioned' (Python) or exports.cancellation = 'transitioned' (JavaScript)"),
    ],
)
def test_advice_is_in_the_language_of_the_connector(language: dict[str, str], form: str) -> None:
    made = call(yes(), changing("PATCH"), after="transitioned", **KEPT, **language)

    assert violation("effect.declares-behaviour", made).hint == f"add {form}"


@pytest.mark.parametrize("declared", [None, "removed", "transitioned"])
def test_no_declaration_is_proposed_for_what_is_not_the_crms_way(declared: str | None) -> None:
    """The way itself is to be mended: to declare what happened would be the opposite advice."""
    made = call(yes(), changing("DELETE"), after="removed", **KEPT, declared=declared)

    assert outcome("effect.right-way", made) == "failed"
    for clause in ("effect.declares-behaviour", "effect.declared-is-true"):
        assert outcome(clause, made) == "skipped"


@pytest.mark.parametrize(("ended", "hint"), [(HUNG, "limit each request: timeout=10"), (CRASHED, "never exit: ")])
def test_one_cause_has_one_piece_of_advice(ended: dict[str, Any], hint: str) -> None:
    made = call(ended, entry("cancel", 503, fault="status=503@before-commit"), language="python")

    assert violation("bounds.comes-to-an-end", made).hint.startswith(hint)


@pytest.mark.parametrize(
    ("later", "hint"),
    [
        ((), "look whether the appointment is gone, or report that the result is unknown"),
        ((entry("read", 503),), "trust a look only if the CRM itself responded, or report that the result is unknown"),
    ],
)
def test_who_looked_is_not_told_to_look(later: tuple[dict[str, Any], ...], hint: str) -> None:
    made = call(yes(), entry("cancel", 0, **LOST), *later)

    assert violation("truth.lost-is-not-done", made).hint == hint


def test_the_end_of_a_process_is_evidence() -> None:
    lines = [f"line {number}" for number in range(9)]
    printed = {"stdout": "", "stderr": "\n\n".join([*lines, "x" * 201]), "late_stdout": "", "late_stderr": ""}
    shown = violation("shape.returns", call(CRASHED, printed=printed)).evidence

    assert shown["ended"] == {"exit": 3, "stderr": [*lines[-4:], f"{'x' * 200}… (201 characters)"]}
    assert "ended" not in violation("shape.returns", call(HUNG, printed=printed)).evidence

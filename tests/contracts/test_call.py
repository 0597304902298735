"""What clauses read off a call: claims, looks, proofs, plain days."""

from typing import Any

import pytest

from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.interfaces import CANCEL
from tests.contracts.test_clauses import LOST, call, entry, no, outcome, yes
from tests.contracts.test_doubt import other_call

PARAMS = {"appointmentId": "7"}

HELD = {"fault": "held=1@before-commit", "received": "late"}


def held(after: float, seconds: float) -> dict[str, Any]:
    """A cancellation whose answer was ready ``after`` seconds of the call, ``seconds`` after it was asked."""
    return entry("cancel", 404, after=after, seconds=seconds, **HELD)


@pytest.mark.parametrize(
    ("answer", "journal", "claim"),
    [
        (yes(), [], "success"),
        (yes(), [entry("cancel", 0, **LOST)], "success"),
        (no(), [], "failure"),
        (no(), [entry("cancel", 202)], "unknown"),  # it was accepted, and may be done any moment
        (yes(), [entry("cancel", 202)], "success"),
        (no(), [entry("cancel", 404)], "failure"),
        (no(), [entry("cancel", 0, **LOST)], "unknown"),
        (no(), [entry("cancel", 404), entry("cancel", 0, **LOST)], "unknown"),
        (no(), [entry("read", 0, **LOST)], "failure"),  # whatever happened to a look
        (no(), [held(0.09, 0.08)], "failure"),  # of a call that took 0.1 s: it was read
        (no(), [held(0.1, 0.09)], "failure"),
        (no(), [held(0.2, 0.19)], "unknown"),  # ready after the call had ended
        (no(), [held(0.09, 0.08), entry("read", 200, after=0.06, seconds=0.01)], "unknown"),  # asked anew meanwhile
        (no(), [held(0.05, 0.04), entry("read", 200, after=0.09, seconds=0.01)], "failure"),
        (no(), [entry("read", 200, after=0.04, seconds=0.03), held(0.09, 0.04)], "failure"),  # looked before
        (no(), [entry("cancel", 404, after=0.05, fault="delay=1@after-commit", received="late")], "unknown"),
        ({"kind": "raised", "error": {"type": "E", "message": "", "status": 404}}, [entry("cancel", 404)], "unknown"),
        ({**no(), "successful": 0}, [], "unknown"),
        ({**yes(), "successful": 1}, [], "unknown"),
    ],
)
def test_what_a_call_claims(answer: dict[str, Any], journal: list[dict[str, Any]], claim: str) -> None:
    assert call(answer, *journal).claim == claim


@pytest.mark.parametrize(("status", "done"), [(199, False), (200, True), (204, True), (299, True), (300, False)])
def test_what_confirms_a_cancellation(status: int, done: bool) -> None:
    assert CANCEL.confirmed_by(entry("cancel", status)) is done
    assert CANCEL.confirmed_by(entry("read", status)) is False


WHEN = {"after": 0.3, "seconds": 0.29}  # a call takes 0.1 s here


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(yes(), entry("cancel", 204, after=0.05)), "passed"),
        (call(yes(), entry("cancel", 204, **WHEN)), "failed"),  # sent before the answer, not waited for
        (call(no(), entry("cancel", 204, **WHEN)), "passed"),  # gave up waiting, and said so
        (call(yes(), entry("read", 404, shows="absent", after=0.05), entry("cancel", 404, **WHEN)), "passed"),
        (call(yes(), entry("cancel", 204, after=0.05), entry("cancel", 404, **WHEN)), "passed"),
        (call(yes(), entry("read", 200, shows="live", after=0.005), entry("cancel", 204, **WHEN)), "failed"),
        (call(yes(), entry("other", 200, record=None, after=0.05), entry("cancel", 204, **WHEN)), "passed"),  # a list
        (call(yes(), entry("external_host", 200, record=None, after=0.05), entry("cancel", 204, **WHEN)), "failed"),
        (call(yes(), entry("cancel", 204, after=0.05), late=[entry("update", 200, **WHEN)]), "failed"),
    ],
)
def test_success_is_not_said_while_the_write_is_under_way(made: Any, expected: str) -> None:
    assert outcome("bounds.writes-before-it-answers", made) == expected


GONE = {"shows": "absent"}


@pytest.mark.parametrize(
    ("journal", "looked"),
    [
        ([entry("read", 404, **GONE)], True),
        ([entry("read", 404, **GONE, received="late")], True),
        ([entry("read", 404, received="status", fault="broken=404@before-commit")], True),  # its status is enough
        ([entry("read", 404, fault="page=404@before-commit")], True),  # whoever wrote it
        ([entry("other", 404, fault="page=404@before-commit")], True),  # HEAD
        ([entry("other", 404, record=None, fault="page=404@before-commit")], False),  # of a list, or of a log-in
        ([entry("read", 410)], False),  # Clio: a retired version of its API
        ([entry("read", 202)], False),
        ([entry("read", 0, received="nothing")], False),
        ([entry("read", 404, **GONE), entry("cancel", 0, received="nothing")], False),
        ([entry("read", 200, shows="live")], False),
        ([entry("cancel", 500), entry("read", 404, **GONE)], True),
        ([entry("read", 404, **GONE), entry("cancel", 500)], False),
        ([entry("cancel", 404, **GONE)], False),  # the answer to the write itself
        ([entry("read", 404, **GONE, record="8")], False),
    ],
)
def test_a_look_counts_after_the_last_write(journal: list[dict[str, Any]], looked: bool) -> None:
    assert bool(call(yes(), *journal, after="live").looks) is looked


def test_what_a_look_shows_where_the_record_is_kept() -> None:
    """A 404 is not the end that cancelling brings there."""
    ended = call(yes(), entry("read", 200, shows="ended"), cancellation="transitioned")
    missing = call(yes(), entry("read", 404, **GONE), cancellation="transitioned")

    assert (bool(ended.looks), bool(missing.looks)) == (True, False)


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({}, True),
        ({"before": "never"}, False),
        ({"access": "view"}, False),
        ({"credential": "expired"}, False),
        ({"params": {"appointmentId": 7}}, False),
        ({"key": "1x"}, False),
        ({"variant": {"faults": "reset"}}, False),
        ({"aftermath": True}, False),
        ({"concurrent": [other_call("success")], "answer": no()}, False),  # busy, and said so
        ({"concurrent": [other_call("success")]}, False),  # a race, whatever was said
        ({"concurrent": [other_call("success", appointment="8")], "answer": no()}, False),
        ({"concurrent": [other_call("success", appointment="8")]}, True),  # another one's turn, and it was done
    ],
)
def test_plain_days(more: dict[str, Any], plain: bool) -> None:
    assert call(more.pop("answer", yes()), entry("cancel", 204), **more).plain is plain


@pytest.mark.parametrize(
    ("status", "clause"),
    [(0, "lost"), (299, "refused"), (300, "redirected"), (399, "redirected"), (400, "refused"), (None, "refused")],
)
def test_each_false_success_is_one_clause_s_case(status: int | None, clause: str) -> None:
    """No answer, a redirect, anything else; and a connector that never came to ask."""
    tries = [] if status is None else [entry("cancel", status, fault="status=500@before-commit")]
    made = call(yes(), entry("read", 500, fault="status=500@before-commit"), *tries, after="live", level="resilient")
    names = ("lost", "refused", "redirected")

    assert [name for name in names if outcome(f"truth.{name}-is-not-done", made) != "skipped"] == [clause]


@pytest.mark.parametrize(
    ("value", "http", "ttl"),
    [
        ({"returnMessage": {"message": "m", "messageType": "success", "ttl": 1}}, 200, 1),  # no 'successful' is a yes
        ({"appointment": {"id": "7"}}, 200, None),
        ({"successful": None}, 200, 5000),
        ({"successful": 0, "returnMessage": {"message": "m"}}, 200, 5000),
    ],
)
def test_toasts_of_unusual_answers(value: Any, http: int, ttl: int) -> None:
    told = seen({"kind": "returned", "value": value}, CANCEL, PARAMS, "Clio")

    assert (told["http"], told["ttl"]) == (http, ttl)


@pytest.mark.parametrize(
    ("error", "http", "ttl", "words"),
    [
        ({"type": "null", "status": None}, 400, None, "the error is nothing"),
        ({"type": "E", "status": 429}, 200, 5000, "Rate limit exceeded"),
        ({"type": "E", "status": 400}, 200, 5000, "Authorization error"),
        ({"type": "E", "status": 409}, 200, 5000, "Authorization error"),
        ({"type": "E", "status": 410}, 200, 5000, "Error performing"),
        ({"type": "E", "status": 399}, 200, 5000, "Error performing"),
    ],
)
def test_toasts_of_escaped_errors(error: dict[str, Any], http: int, ttl: int | None, words: str) -> None:
    told = seen({"kind": "raised", "error": {"message": "m", **error}}, CANCEL, PARAMS, "Clio")

    assert (told["http"], told["ttl"]) == (http, ttl)
    assert told["message"].startswith(words)


RAISED = {"kind": "raised", "error": {"type": "E", "message": "m", "status": 500}}


def changed(field: str) -> dict[str, Any]:
    """A request that changed one field of the appointment."""
    return entry("update", 200, changes=[{"table": "t", "id": "7", "field": field, "before": "a", "after": None}])


HUNG = {"kind": "timed-out", "deadline": 1.0}
PAGE = {"answer": {"status": 502, "headers": {}, "body": "<!-- ref-w-1-gateway -->"}}
ATTEMPT = [{"host": "h", "port": 80, "why": "not-encrypted"}]
PRINTED = {"stdout": "x", "stderr": "", "late_stdout": "", "late_stderr": ""}


@pytest.mark.parametrize(
    ("clause", "made", "applies"),
    [
        ("shape.reaches-the-user", call(RAISED), False),
        ("shape.says-something", call({"successful": "yes"}), False),
        ("shape.says-something", call({"successful": False}), False),  # the core says something in its place
        ("effect.right-way", call(yes(), after="live"), False),  # a plain day on which nothing was cancelled
        ("effect.right-way", call(no(), before="removed", after="removed"), False),  # over before, and left alone
        ("effect.right-way", call(no(), changed("title"), after="live"), False),
        ("effect.right-way", call(yes(), changed("*"), after="removed"), True),
        ("effect.only-the-status", call(yes(), changed("*"), after="removed"), False),  # where records go
        ("effect.only-the-status", call(yes(), entry("read", 200), cancellation="transitioned", after="live"), False),
        ("effect.only-the-status", call(yes(), changed("title"), cancellation="transitioned", after="live"), True),
        ("effect.declares-behaviour", call(yes(), after="live"), False),
        ("effect.declares-behaviour", call(yes(), before="removed", after="removed"), False),
        ("effect.declares-behaviour", call(yes(), entry("cancel", 204), after="removed"), True),
        ("effect.declared-is-true", call(no(), before="removed", after="removed", declared="removed"), False),
        ("safety.encrypted", call(no(), attempts=ATTEMPT), True),
        ("safety.encrypted", call(no(), entry("read", 200)), True),
        ("safety.encrypted", call(no()), False),
        ("safety.only-this-crm", call(no(), attempts=ATTEMPT), True),
        ("safety.only-this-crm", call(no(), entry("read", 200)), True),
        ("safety.only-this-crm", call(no()), False),
        ("safety.output-holds-no-secret", call(no()), False),
        ("safety.output-holds-no-secret", call(no(), printed=PRINTED), True),
        ("safety.output-holds-no-secret", call({"kind": "crashed", "exit": 1}, printed=PRINTED), False),
        ("safety.shows-no-raw-answer", call(RAISED, entry("read", 502, **PAGE)), False),
        ("safety.shows-no-raw-answer", call(no(), entry("read", 502)), False),
        ("bounds.writes-before-it-answers", call(no()), False),
        ("bounds.writes-before-it-answers", call(HUNG, entry("cancel", 204)), False),
        ("bounds.writes-before-it-answers", call(RAISED, entry("cancel", 500)), True),
    ],
)
def test_when_clauses_apply(clause: str, made: Any, applies: bool) -> None:
    assert (outcome(clause, made) != "skipped") is applies


@pytest.mark.parametrize(
    ("journal", "outcome_"),
    [
        ([entry("cancel", 0, **LOST), entry("read", 404)], "passed"),
        ([entry("cancel", 0, **LOST), entry("other", 200)], "passed"),
        ([entry("cancel", 0, **LOST), entry("read", 500)], "failed"),
        ([entry("cancel", 0, **LOST), entry("read", 404, received="nothing")], "failed"),
        ([entry("read", 404), entry("cancel", 0, **LOST)], "failed"),
        ([entry("cancel", 0, **LOST), entry("read", 404), entry("cancel", 0, **LOST)], "failed"),  # not after the last
        ([entry("cancel", 500, fault="status=500@before-commit"), entry("read", 404)], "passed"),  # it may be done
        ([entry("cancel", 429, fault="status=429@before-commit"), entry("read", 404)], "failed"),  # that is a refusal
        ([entry("read", 0, **LOST), entry("read", 404)], "failed"),
    ],
)
def test_a_look_for_what_never_existed(journal: list[dict[str, Any]], outcome_: str) -> None:
    made = call(yes(), *journal, before="never", after="never", level="resilient")

    assert outcome("truth.never-existed", made) == outcome_


OWN = entry("cancel", 0, **LOST, changes=[{"table": "t", "id": "7", "field": "*", "before": {}, "after": None}])


@pytest.mark.parametrize(
    ("journal", "outcome_"),
    [
        ([entry("read", 200, shows="live"), OWN, entry("read", 404, shows="absent")], "failed"),
        ([entry("read", 200, shows="live"), OWN, entry("cancel", 404)], "failed"),
        ([entry("read", 200, shows="live"), OWN, entry("cancel", 410)], "passed"),  # 410 does not say gone
        ([entry("read", 200, shows="live"), OWN, entry("cancel", 409)], "passed"),
        ([OWN, entry("read", 200, shows="ended")], "failed"),
        ([OWN, entry("read", 404, shows="absent")], "passed"),  # it had not seen that it was there
        ([OWN, entry("read", 200, shows="live"), entry("read", 404, shows="absent")], "passed"),
        ([entry("read", 200, shows="live"), OWN, entry("read", 404, shows="absent", received="nothing")], "passed"),
        ([entry("read", 404, shows="absent"), entry("read", 200, shows="live"), OWN], "passed"),
    ],
)
def test_one_s_own_cancellation_is_recognized(journal: list[dict[str, Any]], outcome_: str) -> None:
    made = call(no(), *journal, after="removed", level="resilient")

    assert outcome("truth.own-cancel-is-recognized", made) == outcome_

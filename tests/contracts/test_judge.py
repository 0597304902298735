"""Judging: outcomes, the evidence of a violation, and how requests and changes are told in a line."""

import dataclasses
from types import ModuleType
from typing import Any

import pytest

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause, Problem, collect
from greenroom.contracts.clauses.judge import NOT_SELECTED, Verdict, blocks, exchange, in_short, judge, keeps
from tests.contracts.test_clauses import BY_ID, LOST, call, entry, no, outcome, yes

SOME: Clause = BY_ID["effect.cancelled"]


def asked(**more: str) -> dict[str, Any]:
    """Return a request as the journal keeps it."""
    request = {"method": "PATCH", "scheme": "https", "host": "crm", "path": "/a/7", "query": "", "body": ""}
    return {"request": {**request, "headers": {}, **more}}


def answered(status: int, body: str = "") -> dict[str, Any]:
    return {"answer": {"status": status, "headers": {}, "body": body}}


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (entry("cancel", 204, **asked()), "PATCH https://crm/a/7 -> 204"),
        (entry("read", 200, **asked(query="q=1"), **answered(200, "{}")), "PATCH https://crm/a/7?q=1 -> 200 {}"),
        (entry("cancel", 0, **asked(body="{}")), "PATCH https://crm/a/7 {} -> no response"),
        (entry("read", 200, **asked(), **answered(200, "x" * 201)), f"PATCH https://crm/a/7 -> 200 {'x' * 200}"),
        (
            entry("cancel", 0, **asked(), **LOST, changes=[{"id": "7"}]),
            "PATCH https://crm/a/7 -> no response [fault reset@after-commit; it was done]",
        ),
        (entry("cancel", 0, **asked(), **LOST), "PATCH https://crm/a/7 -> no response [fault reset@after-commit]"),
        (
            entry("cancel", 204, **asked(), fault="delay=1@after-commit", changes=[{"id": "7"}]),
            "PATCH https://crm/a/7 -> 204 [fault delay=1@after-commit]",  # whole: nothing to explain
        ),
    ],
)
def test_a_request_is_told_in_a_line(made: dict[str, Any], line: str) -> None:
    assert exchange(made) == line


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"field": "*", "before": {"id": "7"}, "after": None}, "is gone"),
        ({"field": "*", "before": None, "after": {"id": "7"}}, "is new"),
        ({"field": "status", "before": "A", "after": None}, "status: 'A' became None"),
    ],
)
def test_a_change_is_told_in_words(change: dict[str, Any], words: str) -> None:
    assert in_short(change) == words


def test_a_violation_carries_its_evidence() -> None:
    """All that is needed to believe it, and no trace of the connector's own."""
    whole = {"id": "7", "title": "Hearing"}
    change = {"table": "t", "id": "7", "field": "*", "before": whole, "after": None}
    raised = {"kind": "raised", "error": {"type": "E", "message": "m", "status": None, "trace": "secret place"}}
    made = call(raised, entry("cancel", 204, **asked(), changes=[change]), after="removed")
    clause = dataclasses.replace(SOME, applies=lambda _: True, judge=lambda _: Problem("this", "that", "do so"))
    (found,) = judge(clause, [made]).violations

    assert (found.scenario, found.expected, found.got, found.hint) == ("by hand", "this", "that", "do so")
    assert found.evidence["exchange"] == ["PATCH https://crm/a/7 -> 204"]
    assert found.evidence["changes"] == [{**change, "before": "7…", "world": "w"}]
    assert found.evidence["outcome"] == {"kind": "raised", "error": {"type": "E", "message": "m", "status": None}}
    assert found.evidence["step"] == 1
    assert (found.evidence["actor"]["role"], found.evidence["subject"]["id"]) == ("owner", "7")


def test_a_returned_value_is_evidence_too() -> None:
    clause = dataclasses.replace(SOME, applies=lambda _: True, judge=lambda _: Problem("a", "b", "c"))
    (found,) = judge(clause, [call(no())]).violations

    assert found.evidence["outcome"]["value"] == no()
    assert found.evidence["user_sees"].startswith("[warning]")


def test_outcomes_and_how_many_calls_were_judged() -> None:
    def verdict(*calls: Call, applies: bool = True, problem: Problem | None = None) -> Verdict:
        clause = dataclasses.replace(SOME, applies=lambda _: applies, judge=lambda _: problem)
        return judge(clause, list(calls))

    made, found = call(yes()), Problem("a", "b", "c")
    assert [(v.outcome, v.judged) for v in (verdict(made, made), verdict(made, applies=False), verdict())] == [
        ("passed", 2),
        ("skipped", 0),
        ("skipped", 0),
    ]
    broken = dataclasses.replace(SOME, applies=lambda _: bool(1 / 0))
    assert (judge(broken, [made]).outcome, judge(broken, [made]).judged) == ("errored", 0)
    assert (verdict(made, problem=found).outcome, len(verdict(made, made, problem=found).violations)) == ("failed", 2)


def test_calls_that_are_not_judged_leave_a_promise_unsure() -> None:
    """What is broken elsewhere is broken; a lower level is in doubt only where its own scenarios were left out."""
    left_out = {"kind": "not-judged", "reason": "it was not made"}
    low, high = call(left_out), call(left_out, level="resilient")
    holds = dataclasses.replace(SOME, applies=lambda _: True, judge=lambda _: None)
    fails = dataclasses.replace(SOME, applies=lambda _: True, judge=lambda _: Problem("a", "b", "c"))

    assert judge(holds, [call(yes()), low]).judged == 1
    assert judge(holds, [low, high]).reason == "2 calls are not judged, first in 'by hand': it was not made"
    assert [judge(holds, [call(yes()), made]).outcome for made in (low, high)] == ["errored", "errored"]
    assert [judge(fails, [call(yes()), made]).outcome for made in (low, high)] == ["failed", "failed"]
    found = [judge(holds, [call(yes()), made]) for made in (low, high)]
    assert [[blocks(v, level) for level in ("runtime", "resilient")] for v in found] == [[True, True], [False, True]]


def test_odd_ids_are_judged_only_where_a_clause_says_so() -> None:
    odd = call(no(), key="1/../2")
    for odd_ids_too, expected in ((False, "skipped"), (True, "passed")):
        clause = dataclasses.replace(SOME, odd_ids_too=odd_ids_too, applies=lambda _: True, judge=lambda _: None)
        assert judge(clause, [odd]).outcome == expected


ANY_ID = {
    "safety.result-holds-no-secret",
    "safety.output-holds-no-secret",
    "safety.addresses-hold-no-secret",
    "safety.header-is-the-place",
    "safety.tells-nothing-of-others",
    "safety.credentials-stay",
    "safety.crm-data-stays",
    "safety.leaves-tls-alone",
    "safety.odd-ids-stay-inside",
    "bounds.comes-to-an-end",
    "bounds.few-requests",
}


def test_what_must_hold_for_odd_ids_too() -> None:
    """And nothing else: the rest is about appointments that a CRM could have."""
    assert {clause.id for clause in CLAUSES if clause.odd_ids_too} == ANY_ID


@pytest.mark.parametrize(
    ("outcome", "reason", "blocking"),
    [
        ("passed", None, False),
        ("skipped", None, False),
        ("skipped", NOT_SELECTED, True),
        ("passed", NOT_SELECTED, False),
        ("errored", None, True),
        ("waived", None, True),
    ],
)
def test_what_stands_in_the_way_of_a_level(outcome: str, reason: str | None, blocking: bool) -> None:
    verdict = Verdict(SOME, outcome, reason=reason)  # a clause of level runtime

    assert [blocks(verdict), blocks(verdict, "runtime")] == [blocking, blocking]


def test_a_clause_of_a_higher_level_is_in_nobodys_way() -> None:
    verdict = Verdict(BY_ID["safety.credentials-stay"], "errored")

    assert [blocks(verdict, level) for level in ("runtime", "documented", "resilient")] == [False, False, True]
    assert blocks(verdict)


def test_exactly_ten_requests_and_what_went_elsewhere_is_not_counted() -> None:
    few, other = [entry("cancel", 500)] * 10, entry("external_host", 200, record=None)

    assert outcome("bounds.few-requests", call(no(), *few, other, other)) == "passed"
    assert outcome("bounds.few-requests", call(no(), *few, few[0])) == "failed"
    assert outcome("bounds.few-requests", call(no(), *few, few[0], other, other)) == "failed"
    twice = [*few, *few]  # an update reads, writes in steps, and reads again
    assert outcome("bounds.few-requests", call(no(), *twice, interface="updateAppointment")) == "passed"
    assert outcome("bounds.few-requests", call(no(), *twice, few[0], interface="updateAppointment")) == "failed"
    assert outcome("bounds.few-requests", call(no(), few[0])) == "passed"


@pytest.mark.parametrize(
    ("clause", "made", "words"),
    [
        (
            "shape.returns",
            call({"kind": "raised", "error": {"type": "E", "message": "m" * 161, "status": None}}),
            f"E: {'m' * 160}",
        ),
        ("shape.returns", call({"kind": "timed-out", "deadline": 1.0}), "timed-out"),
        ("truth.success-is-backed", call(yes(), after="live"), "no request reached the CRM; the appointment is live"),
        ("truth.success-is-backed", call(yes(), entry("cancel", 404), after="live"), "X /p -> 404; the appointment"),
        ("effect.cancelled", call(yes(), after="live"), "it is still live; the CRM answered nothing: no request came"),
        (
            "effect.cancelled",
            call(yes(), entry("cancel", 500), after="live"),
            "it is still live; the CRM answered [500]",
        ),
        (
            "effect.cancelled",
            call(yes(), entry("cancel", 503), entry("cancel", 500), after="live"),
            "answered [503, 500]",
        ),
        (
            "shape.reaches-the-user",
            call({"kind": "returned", "value": None, "unrepresentable": "a Date"}, entry("cancel", 204)),
            "a Date",
        ),
        ("shape.reaches-the-user", call({"successful": True}, entry("cancel", 204)), "returned {'successful': True}"),
        ("truth.type-fits", call(no(messageType="success")), "successful: false with messageType 'success'"),
        ("safety.acts-as-the-caller", call(yes(), entry("cancel", 204, person="2")), "X as person 2 in w"),
    ],
)
def test_what_is_said_of_a_problem(clause: str, made: Call, words: str) -> None:
    (found,) = judge(BY_ID[clause], [made]).violations

    assert words in found.got


def test_what_is_expected_is_said_in_words() -> None:
    change = {"table": "t", "id": "7", "field": "title", "before": "a" * 90, "after": "b"}
    kept = call(yes(), entry("update", 200, changes=[change]), cancellation="transitioned", after="live")
    another = call(yes(), entry("cancel", 204, person="2"))
    (overwritten,) = judge(BY_ID["effect.only-the-status"], [kept]).violations
    (borrowed,) = judge(BY_ID["safety.acts-as-the-caller"], [another]).violations
    (green,) = judge(BY_ID["truth.type-fits"], [call(no(messageType="success"))]).violations

    assert overwritten.expected == "only status changes, to C"
    assert overwritten.got == f"title: '{'a' * 79} became 'b'"
    assert borrowed.expected == "requests of person 1 in w"
    assert green.expected == "a type that fits a failure"


def test_two_clauses_of_one_name_are_an_error() -> None:
    one, other = ModuleType("one"), ModuleType("other")
    one.SOME, one.ELSE, other.SOME = SOME, BY_ID["effect.right-way"], SOME  # type: ignore[attr-defined]

    with pytest.raises(ValueError, match=r"given twice: \['effect\.cancelled'\]$"):
        collect(one, other)


def test_what_is_not_simulated_decides_nothing() -> None:
    """A promise that breaks by such an answer alone is not judged; one that breaks elsewhere too is broken."""
    told = no()
    missing = call(told, {**entry("other", 501), "unsimulated": "GET /tasks"})

    assert outcome("effect.cancelled", missing) == "errored"
    assert outcome("effect.cancelled", call(told)) == "failed"
    verdict = judge(SOME, [missing, call(told)])
    assert (verdict.outcome, len(verdict.violations)) == ("failed", 1)


def test_a_kept_promise_is_not_proven_by_what_is_not_simulated() -> None:
    kept = call(yes(), entry("cancel", 204), {**entry("other", 501), "unsimulated": "GET /tasks"}, after="removed")

    assert outcome("effect.cancelled", kept) == "errored"
    assert outcome("safety.acts-as-the-caller", kept) == "passed"  # by the requests, whatever was answered
    assert judge(SOME, [kept, call(yes(), entry("cancel", 204), after="removed")]).outcome == "errored"


def test_a_kept_promise_is_not_proven_where_nothing_was_seen() -> None:
    """Unless a write was seen elsewhere; what is broken in sight is broken."""
    kept = call(no(), entry("read", 404), before="never", after="never", unseen=["it starts the program true"])
    seen = call(yes(), entry("cancel", 204), after="removed")
    borrowed = call(no(), entry("read", 404, person="2"), unseen=["it starts the program true"])
    clause = BY_ID["truth.never-existed"]

    assert judge(clause, [kept]).outcome == "errored"
    assert "it starts the program true" in str(judge(clause, [kept]).reason)
    assert judge(clause, [kept, seen]).outcome == "passed"
    assert outcome("safety.acts-as-the-caller", borrowed) == "failed"


DONE = (yes(), entry("cancel", 204))
ALIKE = [
    call(*DONE, after="removed"),
    call(no()),
    call(yes(), entry("cancel", 204, person="2")),
    call(no(), key="1/../2"),
    call({"kind": "not-judged", "reason": "it was not made"}),
    call(*DONE, {**entry("read", 500), "internal_error": "KeyError"}, after="removed"),
    call(*DONE, {**entry("other", 501), "unsimulated": "GET /tasks"}, after="removed"),
    call(no(), entry("read", 404), before="never", after="never", unseen=["it starts the program true"]),
    call(no(), starved=1.0),
    call({**yes(), "returnMessage": {"message": "<owner.accessToken>"}}, entry("cancel", 204), after="removed"),
]
"""Calls of each outcome, and of each reason for it."""


@pytest.mark.parametrize("made", ALIKE)
def test_what_surely_holds_is_what_judging_finds_nothing_in(made: Call) -> None:
    """All but what is kept and still in doubt, for what nobody saw or simulated, is known without a whole verdict."""
    for clause in CLAUSES:
        verdict = judge(clause, [made])
        harmless = verdict.outcome in ("passed", "skipped") and not verdict.starved
        assert keeps(clause, made) <= harmless, clause.id
        assert keeps(clause, made) or not harmless or not made.sure, clause.id


def test_a_clause_that_fails_itself_is_not_kept() -> None:
    broken = dataclasses.replace(SOME, applies=lambda _: bool(1 / 0))
    assert not keeps(broken, call(yes()))

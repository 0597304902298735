"""The clauses of bad days, on calls made by hand: what cannot be known, what adds up, what is nobody's fault."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.doubt import explained
from tests.contracts.test_clauses import BY_ID, LOST, call, entry, no, outcome, raised, yes

BEFORE = {"fault": "reset@before-commit", "received": "nothing"}
CONNECT = {"record": None, "fault": "refused@connection", "received": "nothing"}
SEEN = entry("read", 200, shows="live")
PAGE = "page=404@before-commit"
GONE: dict[str, Any] = {"changes": [{"table": "t", "id": "7", "field": "*", "before": {}, "after": None}]}


@pytest.mark.parametrize(
    ("made", "clause", "expected"),
    [
        (call(yes(), entry("cancel", 0, **BEFORE)), "lost", "failed"),
        (call(yes(), entry("connect", 0, **CONNECT)), "lost", "failed"),
        (call(no(), entry("cancel", 0, **BEFORE)), "lost", "passed"),
        (call(yes(), entry("cancel", 0, **LOST), after="removed"), "lost", "passed"),  # a guess, but true
        (call(yes(), entry("cancel", 0, **LOST), entry("cancel", 204)), "lost", "skipped"),  # repeated, and answered
        (
            call(yes(), entry("cancel", 0, **BEFORE), entry("read", 404, shows="absent")),
            "lost",
            "passed",
        ),  # looked, and saw it gone: what it saw may be said
        (call(yes(), SEEN, entry("cancel", 0, **BEFORE), entry("read", 404, fault=PAGE)), "lost", "passed"),  # advice
        (call(yes(), SEEN, entry("cancel", 0, **BEFORE), entry("read", 503, fault=PAGE)), "lost", "failed"),
        (call(yes(), SEEN, entry("cancel", 0, **BEFORE), entry("read", 410, fault=PAGE)), "lost", "failed"),
        (call(yes(), SEEN, entry("cancel", 0, **BEFORE), entry("read", 202, fault=PAGE)), "lost", "failed"),
        (call(yes(), SEEN, entry("cancel", 0, **BEFORE), entry("connect", 0, **CONNECT)), "lost", "failed"),
        (call(yes(), entry("cancel", 0, **BEFORE), entry("cancel", 404)), "refused", "failed"),  # a write says nothing
        (call(yes(), entry("cancel", 0, **LOST), entry("cancel", 404), after="removed"), "refused", "passed"),  # true
        (call(yes(), entry("cancel", 202), entry("read", 503, fault=PAGE)), "refused", "failed"),
        (call(yes(), entry("cancel", 503, fault="status=503@before-commit")), "refused", "failed"),
        (call(yes(), entry("read", 503, fault="status=503@before-commit")), "refused", "failed"),  # never asked
        (call(no(), entry("cancel", 503, fault="status=503@before-commit")), "refused", "passed"),
        (call(yes(), entry("cancel", 502, fault="page=502@after-commit"), after="removed"), "refused", "passed"),
        (call(yes(), entry("cancel", 503)), "refused", "skipped"),  # no fault: truth.success-is-backed
        (call(yes(), entry("cancel", 307, fault="redirect=307@before-authentication")), "redirected", "failed"),
        (call(no(), entry("cancel", 307, fault="redirect=307@before-authentication")), "redirected", "passed"),
        (call(yes(), entry("cancel", 0, **BEFORE), before="removed", after="removed"), "lost", "skipped"),
        (call(raised(None), entry("cancel", 0, **BEFORE)), "lost", "skipped"),  # it says nothing
    ],
)
def test_a_success_under_a_fault(made: Call, clause: str, expected: str) -> None:
    assert outcome(f"truth.{clause}-is-not-done", made) == expected


def test_a_guess_is_caught_by_the_clause_of_its_cause_alone() -> None:
    made = call(yes(), entry("cancel", 0, **BEFORE))
    others = ("truth.success-is-backed", "truth.refused-is-not-done", "truth.redirected-is-not-done")

    assert [outcome(clause, made) for clause in others] == ["skipped"] * 3


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(no(), entry("cancel", 0, **LOST), after="removed"), "failed"),
        (call(raised(None), entry("cancel", 0, **LOST), after="removed"), "failed"),
        (call(no(), entry("cancel", 0, **LOST), entry("read", 503), after="removed"), "passed"),  # a look that failed
        (call(no(), entry("cancel", 0, **LOST), entry("other", 200, record=None), after="removed"), "passed"),  # a list
        (call(yes(), entry("cancel", 0, **LOST), entry("cancel", 404), after="removed"), "passed"),  # asked again
        (call(no(), entry("cancel", 0, **LOST), entry("read", 0, **LOST), after="removed"), "passed"),  # tried
        (call(no(), entry("connect", 0, **CONNECT)), "skipped"),  # nothing was sent, so nothing can have been done
        (call({"kind": "timed-out", "deadline": 3}, entry("cancel", 0, **LOST)), "skipped"),
    ],
)
def test_looking_again(made: Call, expected: str) -> None:
    assert outcome("truth.looks-after-a-lost-answer", made) == expected


@pytest.mark.parametrize("kind", ["warning", "error"])
def test_a_failure_that_is_told_without_a_look_is_advice_alone(kind: str) -> None:
    """Also where the appointment is gone: there is no third answer, and messages may be in any language."""
    made = call(no(messageType=kind), entry("cancel", 0, **LOST, **GONE), after="removed", level="resilient")

    assert [c.id for c in CLAUSES if outcome(c.id, made) == "failed"] == ["truth.looks-after-a-lost-answer"]
    assert BY_ID["truth.looks-after-a-lost-answer"].strength == "should"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(no(), SEEN, entry("cancel", 0, **LOST, **GONE), entry("cancel", 404), after="removed"), "failed"),
        (
            call(no(), SEEN, entry("cancel", 0, **LOST, **GONE), entry("read", 404, shows="absent"), after="removed"),
            "failed",
        ),
        (call(no(), entry("cancel", 0, **LOST, **GONE), entry("read", 200, shows="ended"), after="removed"), "failed"),
        (call(no(), entry("cancel", 0, **LOST, **GONE), entry("cancel", 404), after="removed"), "passed"),  # who knows?
        (call(yes(), entry("cancel", 0, **LOST, **GONE), entry("cancel", 404), after="removed"), "skipped"),
        (call(no(), entry("cancel", 0, **LOST, **GONE), entry("read", 503), after="removed"), "passed"),  # saw nothing
        (call(no(), entry("cancel", 0, **BEFORE), entry("cancel", 404), after="removed"), "skipped"),  # somebody else's
        (
            call(no(), SEEN, entry("cancel", 0, **LOST, **GONE), entry("read", 404, fault=PAGE), after="removed"),
            "passed",
        ),
        (call(no(), SEEN, entry("cancel", 0, **LOST, **GONE), entry("read", 410), after="removed"), "passed"),
    ],
)
def test_recognizing_ones_own_cancellation(made: Call, expected: str) -> None:
    assert outcome("truth.own-cancel-is-recognized", made) == expected


NEVER = {"before": "never", "after": "never"}
DOWN = entry("cancel", 503, fault="status=503@before-authentication")
BAD_GATEWAY = entry("cancel", 502, fault="page=502@after-commit")
MISSING = entry("read", 404, shows="absent")
LISTED = entry("other", 200, record=None)


@pytest.mark.parametrize(
    ("journal", "more", "expected"),
    [
        ([entry("cancel", 0, **BEFORE), MISSING], {}, "passed"),  # what it saw may be its own work
        ([entry("cancel", 0, **BEFORE), LISTED], {}, "passed"),
        ([BAD_GATEWAY, MISSING], {}, "passed"),
        ([DOWN, MISSING], {}, "passed"),  # as in failed-but-done, where the same responses mean that it was done
        ([entry("cancel", 0, **BEFORE), entry("cancel", 404)], {}, "failed"),  # a repeated request is no look
        ([DOWN, entry("cancel", 404)], {}, "failed"),
        ([entry("cancel", 0, **BEFORE), {**LISTED, "request": {**LISTED["request"], "method": "POST"}}], {}, "failed"),
        ([entry("cancel", 0, **BEFORE), LISTED, entry("cancel", 404)], {}, "failed"),
        ([MISSING, entry("cancel", 0, **BEFORE), MISSING], {}, "failed"),  # it was missing before
        ([entry("cancel", 429, fault="status=429@before-commit"), MISSING], {}, "failed"),  # refused is not done
        ([MISSING], {}, "failed"),
        ([entry("cancel", 0, **BEFORE), MISSING], {"cancellation": "transitioned"}, "failed"),  # no cancelled event
    ],
)
def test_what_never_existed_and_a_failure(journal: list[Any], more: dict[str, Any], expected: str) -> None:
    assert outcome("truth.never-existed", call(yes(), *journal, **NEVER, **more)) == expected
    assert outcome("truth.never-existed", call(no(), *journal, **NEVER, **more)) == "passed"


@pytest.mark.parametrize(
    ("journal", "more", "expected"),
    [
        ([entry("read", 404, fault=PAGE)], {}, "failed"),
        ([entry("read", 404, fault="bare=404@before-commit")], {}, "failed"),
        ([entry("read", 404, fault="broken=404@before-commit", received="status")], {}, "failed"),
        ([entry("read", 404, fault=PAGE), MISSING], {}, "passed"),  # then the CRM's own
        ([entry("read", 404, fault="status=404@before-commit")], {}, "passed"),
        ([entry("read", 404, fault=PAGE)], {"after": "removed"}, "passed"),
        ([entry("cancel", 204), entry("read", 404, fault=PAGE)], {}, "skipped"),  # the write's own answer backs it
        ([entry("read", 503, fault=PAGE)], {}, "skipped"),  # truth.lost-is-not-done
    ],
)
def test_a_gateways_page(journal: list[Any], more: dict[str, Any], expected: str) -> None:
    lost = [SEEN, entry("cancel", 0, **BEFORE)]

    assert outcome("truth.gateway-page-is-no-proof", call(yes(), *lost, *journal, **more)) == expected
    assert outcome("truth.gateway-page-is-no-proof", call(no(), *lost, *journal, **more)) == "skipped"


def other_call(claim: str, **more: str) -> dict[str, str]:
    return {"appointment": "7", "world": "w", "claim": claim, "title": "", **more}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(yes(), concurrent=[other_call("success")], after="removed"), "passed"),
        (call(no(), concurrent=[other_call("success")], after="removed"), "passed"),
        (call(no(), concurrent=[other_call("unknown")], after="removed"), "passed"),
        (call(no(), concurrent=[other_call("failure")], after="removed"), "failed"),  # who did it?
        (
            call(no(), concurrent=[other_call("failure")], after="live"),
            "passed",
        ),  # both gave way to the other, and said so
        (call(yes(), concurrent=[other_call("failure")], after="live"), "failed"),
        (call(raised(500), concurrent=[other_call("unknown")], after="live"), "passed"),
        (
            call(no(), concurrent=[other_call("failure")], before="removed", after="removed"),
            "passed",
        ),  # it was over before
        (call(yes(), concurrent=[other_call("failure", appointment="8")], after="live"), "skipped"),
        (call(yes(), concurrent=[other_call("failure", world="v")], after="live"), "skipped"),
    ],
)
def test_races(made: Call, expected: str) -> None:
    assert outcome("truth.races-add-up", made) == expected


@given(st.lists(st.sampled_from(["success", "failure", "unknown"]), min_size=1, max_size=4))
def test_the_model_of_a_race(claims: list[str]) -> None:
    """A cancelled appointment needs somebody who may have done it; one that stands needs nobody who says so."""
    assert explained(claims, done=True) == any(claim != "failure" for claim in claims)
    assert explained(claims, done=False) == all(claim != "success" for claim in claims)


def test_others_edits_stay() -> None:
    def change(field: str) -> dict[str, Any]:
        return {"changes": [{"table": "t", "id": "7", "field": field, "before": "theirs", "after": "old"}]}

    edited = {"fault": "edited@before-authentication"}
    kept = call(yes(), entry("cancel", 204, **edited, **change("status")), cancellation="transitioned")
    lost = call(yes(), entry("cancel", 204, **edited, **change("title")), cancellation="transitioned")
    unmet = call(yes(), entry("cancel", 204, **change("title")), cancellation="transitioned")

    assert [outcome("effect.keeps-others-edits", made) for made in (kept, lost, unmet)] == [
        "passed",
        "failed",
        "skipped",
    ]


def request(**more: Any) -> dict[str, Any]:
    return {"request": {**entry("read", 200)["request"], **more}}


def test_requests_over_a_bad_connection() -> None:
    fault = "certificate=stranger@connection"
    refused = call(no(), entry("connect", 0, record=None, fault=fault, received="nothing"))
    careless = call(no(), entry("connect", 0, record=None, fault=fault), entry("cancel", 204, fault=fault))

    assert outcome("safety.verifies-certificates", refused) == "passed"
    assert outcome("safety.verifies-certificates", careless) == "failed"


@pytest.mark.parametrize(
    ("path", "operation", "record", "expected"),
    [
        ("/api/entries/7%2F..%2F12.json", "cancel", "7%2F..%2F12", "passed"),  # encoded: nobody's id
        ("/api/entries/12.json", "cancel", "12", "failed"),
        ("/api/entries/12.json", "read", "12", "failed"),
        ("/api/contacts/12.json", "write", None, "failed"),
        ("/api/entries/7/../12.json", "write", None, "failed"),  # a front end may tidy this up
        ("/api/v4/", "write", None, "passed"),  # '..' cannot be encoded; a folder is nobody
        ("/api/users/who_am_i", "other", None, "passed"),
    ],
)
def test_where_an_odd_id_leads(path: str, operation: str, record: str | None, expected: str) -> None:
    made = call(no(), entry(operation, 404, record=record, **request(path=path)), key="7/../12", before="never")

    assert outcome("safety.odd-ids-stay-inside", made) == expected
    assert outcome("truth.never-existed", made) == "skipped"  # only that is a must for ids that the CRM never gives


@pytest.mark.parametrize(
    ("key", "expected"), [(" 12", "passed"), ("12\n", "passed"), ("12abc", "failed"), ("1 2", "failed")]
)
def test_blanks_around_an_id_may_be_cut_off(key: str, expected: str) -> None:
    cancels = entry("cancel", 204, record="12", **request(path="/api/entries/12.json"))

    assert outcome("safety.odd-ids-stay-inside", call(yes(), cancels, key=key, before="never")) == expected


def test_a_drip_is_advice_and_silence_is_not() -> None:
    hung = {"kind": "timed-out", "deadline": 3.0}
    drip = call(hung, entry("cancel", 200, fault="drip=0.5@in-body", received="late"), after="removed")
    silence = call(hung, entry("cancel", 0, **LOST), after="removed")

    assert [outcome("bounds.gives-up-on-a-drip", made) for made in (drip, silence)] == ["failed", "skipped"]
    assert [outcome("bounds.comes-to-an-end", made) for made in (drip, silence)] == ["skipped", "failed"]


def refusal(wait: str, after: float) -> dict[str, Any]:
    refused = entry("cancel", 429, fault="limit@before-authentication", after=after)
    refused["answer"]["headers"] = {"Retry-After": wait}
    return refused


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ([refusal("40", 1)], "skipped"),
        ([refusal("40", 1), entry("external_host", 200, record=None)], "skipped"),  # counted it somewhere, and waits
        ([refusal("30", 0.1), refusal("30", 30.2)], "skipped"),  # a busy machine let it go on beyond the deadline
        ([refusal("2", 1)], "failed"),
        ([refusal("40", 1), entry("cancel", 0, **LOST)], "failed"),
        ([refusal("1", 28), refusal("1", 29.5)], "failed"),  # repeats for ever, always as told
    ],
)
def test_who_still_waits_as_the_crm_asked_is_not_hung(came: list[dict[str, Any]], expected: str) -> None:
    """The deadline is ours; the wait is the CRM's."""
    made = call({"kind": "timed-out", "deadline": 30.0}, *came)

    assert outcome("bounds.comes-to-an-end", made) == expected


def test_a_status_that_the_crm_never_sent_is_not_blamed_on_it() -> None:
    """aiohttp calls an unreadable answer an error of status 400."""
    broken = call(raised(400), entry("cancel", 200, fault="chunked@in-body", received="status"), after="removed")
    told = call(raised(400), entry("cancel", 400, fault="status=400@before-commit"))

    assert [outcome("truth.no-wrong-logout", made) for made in (broken, told)] == ["passed", "failed"]


@pytest.mark.parametrize(
    ("status", "journal", "more", "logout", "limit"),
    [
        (401, [], {}, "failed", "passed"),  # an invented one: nothing was refused
        (401, [entry("cancel", 503)], {}, "failed", "passed"),
        (401, [], {"credential": "missing"}, "passed", "passed"),
        (403, [entry("cancel", 403)], {}, "passed", "passed"),
        (429, [entry("cancel", 429)], {}, "passed", "passed"),
        (429, [entry("cancel", 503)], {}, "passed", "failed"),
    ],
)
def test_statuses_that_nobody_sent(
    status: int, journal: list[dict[str, Any]], more: dict[str, Any], logout: str, limit: str
) -> None:
    made = call(raised(status), *journal, **more)

    assert (outcome("truth.no-wrong-logout", made), outcome("truth.no-invented-limit", made)) == (logout, limit)


def test_another_account() -> None:
    own = call(no(), entry("cancel", 503, **request(host="h.other.example")))
    other = call(no(), entry("cancel", 401, **request(host="g")))
    bare = call(no(), entry("other", 404, credential="missing", record=None, **request(host="g")))

    assert [outcome("safety.own-account-only", made) for made in (own, other, bare)] == ["passed", "failed", "skipped"]

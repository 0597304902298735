"""Clauses as data, and the rules of fair judging on calls made by hand."""

import copy
import json
import re
from dataclasses import asdict
from typing import Any

import pytest

from greenroom.contracts import schemas
from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import LEVELS, collect
from greenroom.contracts.clauses.judge import Verdict, Violation, judge, reached
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.interfaces import CANCEL, INTERFACES, LIST
from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.cancellation import Cancellation, Flagged, Removed, Tombstoned, Transitioned
from greenroom.simulators.core.profile import Credentials

PARAMS = {"appointmentId": "7"}

BY_ID = {clause.id: clause for clause in CLAUSES}
LOST = {"fault": "reset@after-commit", "received": "nothing"}
MESSAGE = {"message": "Done.", "messageType": "success", "ttl": 3000}


def entry(operation: str, status: int, **more: Any) -> dict[str, Any]:
    return {
        "seq": 1,
        "world": "w",
        "at": "2027-01-01T00:00:00Z",
        "request": {
            "method": "X",
            "scheme": "https",
            "host": "h",
            "path": "/p",
            "query": "",
            "headers": {},
            "body": "",
        },
        "answer": {"status": status, "headers": {}, "body": ""},
        "seconds": 0.0,
        "person": "1",
        "credential": "valid",
        "operation": operation,
        "record": "7",
        "shows": None,
        "fault": None,
        "received": "whole",
        "internal_error": None,
        "changes": [],
        "after": 0.0,
        **more,
    }


def family(name: str) -> Cancellation:
    """Return the family that has a name."""
    status: Any = {"field": "status", "value": "C", "live": "L"}
    families = (Removed(), Transitioned(**status), Flagged(field="status", method="POST"), Tombstoned(**status))
    return next(each for each in families if each.name == name)


def call(value: Any, *journal: dict[str, Any], before: str = "live", after: str = "live", **more: Any) -> Call:
    """Make a call record by hand; ``value`` is what was returned, or an outcome."""
    outcome = value if isinstance(value, dict) and "kind" in value else {"kind": "returned", "value": value}
    crm = {
        "crm": "x",
        "title": "X",
        "table": "t",
        **family(more.pop("cancellation", "removed")).facts("t"),
        **json.loads(json.dumps(asdict(more.pop("credentials", Credentials())))),
        "sentence": "s",
        "confirmed_status": "K",
        "own_fields": ["etag"],
        "title_field": "title",
        "id_pattern": "[1-9][0-9]*",
    }
    record = {
        "interface": "cancelAppointment",
        "scenario": "by hand",
        "level": "documented",
        "aftermath": False,
        "step": 1,
        "variant": {},
        "crm": crm,
        "params": {"appointmentId": more.get("key", "7")},
        "concurrent": more.pop("concurrent", []),
        "weakened": more.pop("weakened", []),
        "actor": {
            "person": "1",
            "role": "owner",
            "world": more.pop("world", "w"),
            "host": "h",
            "hosts": ["h", "h.other.example"],
            "access": more.pop("access", "cancel"),
            "credential": more.pop("credential", "valid"),
        },
        "declared": None,
        "died_late": False,
        "subject": {
            "id": more.get("key", "7"),
            "issuable": more.pop("key", "7").isdecimal(),
            "title": more.pop("title", "Hearing"),
        },
        "state": {"before": before, "after": after, "final": more.pop("final", after)},
        "outcome": outcome,
        "seconds": 0.1,
        "journal": [{**e, "seq": n} for n, e in enumerate(journal, start=1)],
        "late": [],
        "attempts": [],
        "printed": {"stdout": "", "stderr": "", "late_stdout": "", "late_stderr": ""},
        "seen": seen(outcome, INTERFACES[more.get("interface", CANCEL.name)], PARAMS, "X"),
        **more,
    }
    assert schemas.problem("call", record) is None
    return Call(record)


def outcome(clause: str, made: Call) -> str:
    return judge(BY_ID[clause], [made]).outcome


def yes(**more: Any) -> dict[str, Any]:
    return {"successful": True, "returnMessage": {**MESSAGE, **more}}


def no(**more: Any) -> dict[str, Any]:
    return {"successful": False, "returnMessage": {**MESSAGE, "messageType": "warning", **more}}


FAMILIES = ("shape", "create", "list", "record", "update", "effect", "truth", "safety", "bounds")
"""What the ids of clauses begin with. An interface with clauses of its own may have a family of its own."""


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: c.id)
def test_every_clause_is_complete(clause: Any) -> None:
    assert re.fullmatch(rf"({'|'.join(FAMILIES)})\.[a-z-]+", clause.id), (
        "its family is not one of FAMILIES: name it there"
    )
    assert clause.level in LEVELS
    assert clause.strength in ("must", "should")
    assert clause.interfaces
    for source in map(clause.source.of, clause.interfaces):
        assert source.kind in ("quote", "runtime", "reason")
        assert source.text
        assert (source.url is None) == (source.kind == "reason")
    assert clause.why
    assert clause.bad
    assert clause.good
    assert clause.title[0].isupper()


def test_an_interface_may_be_about_no_appointment() -> None:
    """Who only reads, and names no record, need not list appointments: `getUserInfo` does not."""
    bare, listing = Interface("getUserInfo"), INTERFACES[LIST.name]

    assert (bare.lists, bare.of_one, bare.creates) == (False, False, False)
    assert (listing.lists, listing.of_one, listing.creates) == (True, False, False)


def test_an_id_given_twice_is_refused() -> None:
    module = type("M", (), {"one": CLAUSES[0]})

    with pytest.raises(ValueError, match="ids given twice"):
        collect(module, module)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(yes(), entry("cancel", 204), after="live"), "passed"),  # somebody made it anew: the claim was backed
        (
            call(yes(), entry("cancel", 404), entry("read", 404, shows="absent")),
            "passed",
        ),  # looked after its last write
        (call(yes(), entry("read", 404, shows="absent"), entry("cancel", 404)), "failed"),  # looked before it
        (call(yes(), entry("cancel", 404)), "failed"),
        (call(yes(), entry("cancel", 202)), "failed"),  # accepted is not done
        (call(yes(), entry("cancel", 202), entry("cancel", 204)), "passed"),
        (call(yes(), entry("cancel", 404), access="none"), "passed"),  # not to be seen: both may be said
        (call(yes(), entry("cancel", 403), access="none"), "failed"),
        (call(yes(), entry("cancel", 404), access="view"), "failed"),
        (call(yes(), entry("cancel", 204, record="8")), "failed"),  # another record's success is no backing
        (call(yes(), entry("cancel", 204, world="v")), "failed"),  # nor another tenant's
        (call(yes(), after="removed"), "passed"),  # true, however it came about
        (call(yes(), before="removed", after="removed"), "passed"),  # in the end state before: both answers are right
        (call(no(), before="removed", after="removed"), "skipped"),
        (call({"returnMessage": MESSAGE}, entry("cancel", 500)), "failed"),  # a missing successful counts as true
        (call(no(), entry("cancel", 500)), "skipped"),
    ],
)
def test_a_success_is_judged_by_what_could_be_observed(made: Call, expected: str) -> None:
    assert outcome("truth.success-is-backed", made) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(no(), entry("cancel", 204), after="removed"), "failed"),
        (call(no(), entry("cancel", 202), after="removed"), "passed"),  # nobody told it that it was done
        (call(no(), entry("cancel", 0, **LOST), after="removed"), "passed"),  # the answer never came
        (
            call(no(), entry("cancel", 200, fault="empty@after-commit", received="status")),
            "passed",
        ),  # nor one to rely on
        (call(no(), entry("cancel", 204, fault="delay=2@after-commit", received="late")), "passed"),  # perhaps too late
        (call(no(), entry("cancel", 204, fault="edited@before-commit")), "failed"),  # no matter what else happened
        (call(no(), entry("cancel", 403)), "passed"),
        (call(no(), entry("cancel", 204), before="transitioned", after="transitioned"), "skipped"),
    ],
)
def test_a_failure_is_judged_by_what_was_proven(made: Call, expected: str) -> None:
    assert outcome("truth.failure-is-true", made) == expected


@pytest.mark.parametrize(
    ("journal", "access", "expected"),
    [
        ([entry("cancel", 0, **LOST), entry("other", 200, record=None)], "none", "passed"),  # no list of theirs has it
        ([entry("other", 200, record=None), entry("cancel", 0, **LOST)], "none", "failed"),  # listed before it
        ([entry("cancel", 0, **LOST), entry("other", 503, record=None)], "none", "failed"),
        ([entry("cancel", 0, **LOST), entry("other", 200, record=None)], "cancel", "failed"),  # it stood in that list
    ],
)
def test_a_list_tells_who_may_not_see_it_that_there_is_none(journal: Any, access: str, expected: str) -> None:
    assert outcome("truth.lost-is-not-done", call(yes(), *journal, access=access)) == expected


@pytest.mark.parametrize(
    ("cancellation", "shows", "expected"), [("transitioned", "absent", "failed"), ("transitioned", "ended", "passed")]
)
def test_where_records_are_kept_a_missing_one_backs_nothing(cancellation: str, shows: str, expected: str) -> None:
    made = call(yes(), entry("cancel", 500), entry("read", 200, shows=shows), cancellation=cancellation)

    assert outcome("truth.success-is-backed", made) == expected


def raised(status: int | None) -> dict[str, Any]:
    return {"kind": "raised", "error": {"type": "HTTPError", "message": "m", "status": status}}


@pytest.mark.parametrize(
    ("status", "must", "should"),
    [
        (400, "failed", "failed"),
        (404, "failed", "failed"),
        (405, "failed", "failed"),
        (409, "failed", "failed"),
        (401, "passed", "failed"),
        (403, "passed", "failed"),
        (410, "passed", "failed"),
        (422, "passed", "failed"),
        (429, "passed", "failed"),
        (503, "passed", "failed"),
        (None, "passed", "failed"),
    ],
)
def test_an_escaped_error_is_judged_by_its_toast(status: int | None, must: str, should: str) -> None:
    made = call(raised(status), *([entry("cancel", status)] if status else []), access="view")

    assert outcome("truth.no-wrong-logout", made) == must
    assert outcome("truth.errors-are-told", made) == should


def revoking(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "isRevokeUserSession": True}


@pytest.mark.parametrize(
    ("status", "credential", "expected"),
    [
        (401, "valid", "passed"),
        (403, "valid", "passed"),
        (404, "expired", "passed"),
        (404, "valid", "failed"),
        (429, "valid", "failed"),
        (500, "valid", "failed"),
    ],
)
def test_a_session_ends_for_a_bad_credential_only(status: int, credential: str, expected: str) -> None:
    made = call(revoking(no()), entry("cancel", status), access="view", credential=credential)

    assert outcome("truth.no-wrong-logout", made) == expected
    assert outcome("shape.refusal-reaches-the-user", made) == "skipped"


def test_who_ends_the_session_reports_no_success() -> None:
    """App Connect answers 401, whatever ``successful`` says."""
    done = call(revoking(yes()), entry("cancel", 204), after="removed")
    undone = call(revoking(yes()), entry("cancel", 401), credential="expired")

    assert outcome("truth.failure-is-true", done) == "failed"
    assert outcome("truth.success-is-backed", undone) == "skipped"
    assert outcome("truth.no-wrong-logout", undone) == "passed"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (yes(), "passed"),
        (yes(messageType="warning"), "passed"),
        (yes(messageType="error"), "failed"),
        (yes(messageType="danger"), "failed"),
        (no(), "passed"),
        (no(messageType="info"), "passed"),
        (no(messageType="success"), "failed"),
    ],
)
def test_types_that_say_the_opposite(answer: Any, expected: str) -> None:
    assert outcome("truth.type-fits", call(answer)) == expected


def test_login_advice_is_right_for_a_refused_credential() -> None:
    advice = no(message="Bitte melden Sie sich neu an (please log in again).")

    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 404))) == "failed"
    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 401))) == "skipped"
    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 412))) == "failed"
    assert outcome("truth.no-login-advice", call(advice, credential="missing")) == "skipped"
    assert outcome("truth.no-login-advice", call(no(message="Bitte neu anmelden."), entry("cancel", 404))) == "passed"


def test_login_advice_is_right_where_a_crm_says_so_by_a_status_of_its_own_or_refuses_a_new_log_in() -> None:
    advice, own = no(message="Please log in again."), Credentials(log_in_statuses=(401, 403, 412))
    log_in = entry("other", 400, record=None)
    at_log_in = {**log_in, "request": {**log_in["request"], "method": "POST", "path": "/oauth/token"}}

    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 412), credentials=own)) == "skipped"
    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 404), credentials=own)) == "failed"
    assert outcome("truth.no-login-advice", call(advice, entry("cancel", 404), at_log_in)) == "skipped"


def test_what_the_crm_changes_itself_does_not_count() -> None:
    def change(field: str, **more: Any) -> dict[str, Any]:
        return {"table": "t", "id": "7", "field": field, "before": 1, "after": 2, **more}

    own = call(
        yes(), entry("cancel", 204, changes=[change("status", after="C"), change("etag")]), cancellation="transitioned"
    )
    more = call(
        yes(), entry("cancel", 204, changes=[change("status", after="C"), change("title")]), cancellation="transitioned"
    )
    back = call(no(), entry("update", 204, changes=[change("status", after="LIVE")]), cancellation="transitioned")
    other = call(yes(), entry("cancel", 204, changes=[change("status", id="70")]))
    tenant = call(yes(), entry("cancel", 204, world="v", changes=[change("status")]))

    assert outcome("effect.only-the-status", own) == "passed"
    assert outcome("effect.only-the-status", more) == "failed"
    assert outcome("effect.only-the-status", back) == "failed"
    assert [outcome("effect.only-this-appointment", made) for made in (own, other, tenant)] == [
        "passed",
        "failed",
        "failed",
    ]


def test_late_changes_are_blamed_on_the_call_that_left_them() -> None:
    late = entry("update", 200, changes=[{"table": "t", "id": "8", "field": "x", "before": 1, "after": 2}])

    assert outcome("effect.only-this-appointment", call(yes(), late=[late])) == "failed"


def test_trouble_of_the_simulator_is_never_the_connectors() -> None:
    made = call(no(), entry("cancel", 500, internal_error="Traceback: boom"))
    verdict = judge(BY_ID["effect.cancelled"], [made])

    assert (verdict.outcome, verdict.violations) == ("errored", ())
    assert "the simulator failed in 'by hand'" in str(verdict.reason)


def test_a_clause_that_fails_itself_is_errored() -> None:
    broken = copy.copy(BY_ID["effect.cancelled"])
    object.__setattr__(broken, "judge", lambda _: 1 / 0)

    assert judge(broken, [call(yes())]).outcome == "errored"


def test_levels_are_cumulative() -> None:
    def verdicts(**outcomes: str) -> list[Verdict]:
        return [made(c, outcomes.get(c.id.replace(".", "_").replace("-", "_"), "passed")) for c in CLAUSES]

    def made(clause: Any, outcome: str) -> Verdict:
        broken = (Violation("by hand", clause.level, "", "", "", {}),) if outcome == "failed" else ()
        return Verdict(clause, outcome, violations=broken)

    assert reached(verdicts(), "documented") == "documented"
    assert reached(verdicts(), "runtime") == "runtime"
    assert reached(verdicts(effect_right_way="failed"), "documented") == "runtime"
    assert reached(verdicts(effect_right_way="errored"), "documented") == "runtime"
    assert reached(verdicts(effect_cancelled="failed"), "documented") == "none"
    assert reached(verdicts(effect_cancelled="waived"), "documented") == "none"
    assert reached(verdicts(effect_declares_behaviour="failed"), "documented") == "documented"
    assert reached(verdicts(effect_right_way="skipped"), "documented") == "documented"


def test_a_promise_broken_on_bad_days_only_leaves_the_lower_levels() -> None:
    bad_day = judge(BY_ID["truth.type-fits"], [call(no(messageType="success"), entry("cancel", 0, **LOST))])
    plain = judge(BY_ID["truth.type-fits"], [call(no(messageType="success"), entry("cancel", 403))])

    assert [bad_day.violations[0].level, plain.violations[0].level] == ["resilient", "documented"]
    assert [reached([bad_day], "resilient"), reached([plain], "resilient")] == ["documented", "runtime"]

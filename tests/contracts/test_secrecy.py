"""Secrets, other people's data, and manners: on calls made by hand."""

import base64
from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.simulators.core.profile import Credentials
from tests.contracts.test_clauses import call, entry, no, outcome, yes
from tests.contracts.test_doubt import other_call, request

TOKEN = "<owner.accessToken>"
BY_QUERY = Credentials(query_paths="/login$")
"""Of a CRM whose documented log-in takes the access token in the query."""


def sent(title: str = "Hearing", **more: Any) -> Call:
    """Return a call, about an appointment of that title, that sends a request to another host."""
    return call(no(), entry("external_host", 200, record=None, **request(**more)), title=title)


def by_query(path: str, query: str = f"token={TOKEN}") -> dict[str, Any]:
    """Return a request that names a token in its address."""
    return entry("other", 200, record=None, **request(path=path, query=query))


def page() -> dict[str, Any]:
    """Return a request that a gateway answered."""
    body = "<html><!-- ref-w-1-gateway --></html>"
    return entry("cancel", 502, answer={"status": 502, "headers": {}, "body": body})


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("clause", "clean", "leaking"),
    [
        ("result-holds-no-secret", call(no()), call(no(message=f"refused {TOKEN}"))),
        ("result-holds-no-secret", call(no(message="<b>owner</b>")), call(no(details=[{"x": TOKEN}]))),
        (
            "output-holds-no-secret",
            call(no(), printed={"stdout": "hello", "stderr": "", "late_stdout": "", "late_stderr": ""}),
            call(no(), printed={"stdout": "", "stderr": "", "late_stdout": f"Bearer {TOKEN}", "late_stderr": ""}),
        ),
        (
            "addresses-hold-no-secret",
            call(no(), entry("cancel", 204, **request(query="fields=id"))),
            call(no(), entry("cancel", 204, **request(query=f"token={TOKEN}"))),
        ),
        (
            "addresses-hold-no-secret",
            call(no(), by_query("/login"), credentials=BY_QUERY),
            call(no(), by_query("/record"), credentials=BY_QUERY),
        ),
        (
            "addresses-hold-no-secret",
            call(
                no(),
                by_query("/login", query=""),
            ),
            call(no(), by_query("/login")),
        ),
        (
            "addresses-hold-no-secret",
            call(no(), attempts=[{"host": "stats.example", "port": 443, "why": "other-host"}]),
            call(no(), attempts=[{"host": f"{TOKEN}.example", "port": 443, "why": "other-host"}]),
        ),
        (
            "header-is-the-place",
            call(no(), entry("cancel", 204, **request(headers={"authorization": f"Bearer {TOKEN}"}))),
            call(no(), entry("cancel", 204, **request(headers={"X-Token": TOKEN}))),
        ),
        (
            "header-is-the-place",
            call(no(), entry("other", 200, record=None, **request(path="/oauth/token", body="<o.refreshToken>"))),
            call(no(), entry("update", 200, **request(body='{"by": "<o.refreshToken>"}'))),
        ),
        (
            "header-is-the-place",
            call(
                no(),
                entry("other", 200, record=None, **request(path="/oauth2/v1/revoke", body="token=<o.refreshToken>")),
            ),
            call(no(), entry("other", 200, record=None, **request(body="log=<o.refreshToken>"))),
        ),
        (
            "header-is-the-place",
            call(no(), entry("update", 200, **request(body="grant_type=x"))),
            call(no(), entry("update", 200, **request(path="/token", body="grant_type=<o.refreshToken>"))),
        ),
        ("leaves-tls-alone", call(yes()), call(yes(), weakened=["NODE_TLS_REJECT_UNAUTHORIZED=0"])),
        (
            "tells-nothing-of-others",
            call(yes(message="Cancelled: mine"), concurrent=[other_call("success", appointment="8", title="theirs")]),
            call(yes(message="Cancelled: theirs"), concurrent=[other_call("success", appointment="8", title="theirs")]),
        ),
        (
            "tells-nothing-of-others",
            call(
                yes(message="Cancelled: heirs, their"),
                concurrent=[other_call("success", appointment="8", title="theirs")],
            ),
            call(yes(message='Said "x"'), concurrent=[other_call("success", appointment="8", title='Said "x"')]),
        ),
        (
            "tells-nothing-of-others",
            call(yes(message="ref-w-1-7 and nothing else"), world="w-1"),
            call(yes(message="Cancelled: ref-clio-2-7"), world="w-1"),
        ),
        (
            "output-holds-no-secret",
            call({"kind": "raised", "error": {"type": "E", "message": "GET failed", "status": None, "trace": ""}}),
            call({"kind": "raised", "error": {"type": "E", "message": f"GET {TOKEN}", "status": None, "trace": ""}}),
        ),
        ("credentials-stay", sent(headers={"Accept": "*/*"}), sent(headers={"Authorization": "Basic <x.accessToken>"})),
        ("credentials-stay", sent(body='{"plan": "Basic plan"}'), sent(query="key=<app.clientSecret>")),
        ("credentials-stay", sent(host="bearer.example"), sent(host="<owner.refreshToken>.example")),
        ("crm-data-stays", sent(body='{"id": "7", "event": "cancel"}'), sent(body='{"title": "Hearing"}')),
        ("crm-data-stays", sent(title="abc", body="abc"), sent(title="abcd", body="abcd")),
        ("crm-data-stays", sent(query="title=Fearing"), sent(query="t=%48earing")),
        ("crm-data-stays", sent(path="/a/hear-ing"), sent(path="/a/hearing")),
        (
            "crm-data-stays",
            sent(path=f"/t/{encoded('nothing at all')}"),
            sent(path=f"/v1/t/{encoded('at ref-w-1-7!')}"),
        ),
        ("crm-data-stays", sent(body=encoded("nothing of anybody")), sent(body=encoded("note: ref-w-1-7"))),
        ("crm-data-stays", sent(body="page: ref-w-1-gateway"), sent(body="page: ref-w-1-7")),
        (
            "shows-no-raw-answer",
            call(no(message="502"), page()),
            call(no(message="502 <!-- ref-w-1-gateway -->"), page()),
        ),
    ],
)
def test_secrets(clause: str, clean: Any, leaking: Any) -> None:
    assert [outcome(f"safety.{clause}", made) for made in (clean, leaking)] == ["passed", "failed"]


@pytest.mark.parametrize(("path", "of_its_own"), [("/p", False), ("/elsewhere", True)])
def test_data_that_follows_a_redirect_is_advice(path: str, of_its_own: bool) -> None:
    """The CRM itself named that address. A request that the connector makes of its own accord breaks a must."""
    moved = entry("create", 307, answer={"status": 307, "headers": {"Location": "https://x.example/p?a=1"}, "body": ""})
    away = entry("external_host", 200, **request(host="x.example", path=path, body="title: Hearing"))
    made = call(no(), moved, away, title="Hearing")

    assert outcome("safety.crm-data-stays", made) == ("failed" if of_its_own else "passed")
    assert outcome("safety.redirects-carry-no-data", made) == ("skipped" if of_its_own else "failed")


def test_one_appointment_is_nobody_elses() -> None:
    """Two who cancel the same appointment may both be told its title, and so may two whose titles are the same."""
    same = call(yes(message="Cancelled: ours"), concurrent=[other_call("success", title="ours")])
    other = other_call("success", appointment="8", title="Hearing")
    alike = call(yes(message="Cancelled: Hearing"), title="Hearing on motion", concurrent=[other])

    assert outcome("safety.tells-nothing-of-others", same) == "passed"
    assert outcome("safety.tells-nothing-of-others", alike) == "passed"


@pytest.mark.parametrize(("title", "expected"), [("Intake", "passed"), ("Deposition", "failed")])
def test_what_a_call_asks_for_is_its_own(title: str, expected: str) -> None:
    """Two calls at once may ask for the same title."""
    params = {"user": {}, "authHeader": "", "appointmentId": "7", "patchBody": {"title": "Intake"}}
    other = other_call("success", appointment="8", title=title)
    value = {"successful": True, "appointment": {"id": "7", "title": title}}
    made = call(value, interface="updateAppointment", params=params, title="Hearing", concurrent=[other])

    assert outcome("safety.tells-nothing-of-others", made) == expected


NOW, LATER = "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:04 GMT"


def told(after: float, status: int = 429, retry: str = "1", seconds: float = 0.0, date: str = "") -> dict[str, Any]:
    headers = {name: value for name, value in (("Retry-After", retry), ("Date", date)) if value}
    answer = {"status": status, "headers": headers, "body": ""}
    return entry("cancel", status, after=after, seconds=seconds, answer=answer)


def logged_in(after: float, path: str = "/oauth/token") -> dict[str, Any]:
    return {**told(after), "operation": "other", "record": None, **request(method="POST", path=path)}


@pytest.mark.parametrize(
    ("journal", "must", "should"),
    [
        ([told(0.0)], "passed", "passed"),  # gave up
        ([told(0.0), told(1.1)], "passed", "passed"),
        ([told(0.0), told(1.3, seconds=0.3)], "passed", "passed"),  # sent at 1.0
        ([told(0.0), told(0.9)], "passed", "passed"),  # a clock may be off
        ([told(0.0), told(0.1)], "passed", "failed"),
        ([told(0.0), told(0.1), told(0.2)], "failed", "failed"),
        ([told(0.0), told(0.1), told(0.2), told(0.3)], "failed", "failed"),
        ([told(0.0, status=503), told(0.1, status=503), told(0.2, status=204)], "failed", "failed"),
        ([told(0.0, retry=""), told(0.1, retry="")], "skipped", "skipped"),  # nobody named a time
        ([told(0.0, retry=LATER), told(0.1, retry="")], "skipped", "skipped"),  # nor when it was said
        ([told(0.0, retry="soon", date=NOW), told(0.1, retry="")], "skipped", "skipped"),
        ([told(0.0, retry=LATER, date=NOW), told(2.8)], "passed", "passed"),  # a date has no parts of a second
        ([told(0.0, retry=LATER, date=NOW), told(2.7)], "passed", "failed"),
        ([told(0.0, retry=LATER, date=NOW), told(0.1, retry=LATER, date=NOW), told(0.2)], "failed", "failed"),
        ([told(0.0, retry=NOW, date=LATER), told(0.1)], "passed", "passed"),  # over already
        ([logged_in(0.0), logged_in(0.1), logged_in(0.2)], "failed", "failed"),
        ([logged_in(0.0, path="/who_am_i"), logged_in(0.1, path="/who_am_i")], "skipped", "skipped"),
    ],
)
def test_waiting_as_told(journal: list[dict[str, Any]], must: str, should: str) -> None:
    made = call(no(), *journal)

    assert outcome("bounds.does-not-hammer", made) == must
    assert outcome("bounds.waits-as-told", made) == should


def test_ten_requests_are_enough() -> None:
    assert outcome("bounds.few-requests", call(no(), *[entry("cancel", 500)] * 10)) == "passed"
    assert outcome("bounds.few-requests", call(no(), *[entry("cancel", 500)] * 11)) == "failed"


def test_what_may_come_after_the_answer() -> None:
    looked, wrote = call(yes(), late=[entry("read", 404)]), call(yes(), late=[entry("cancel", 204)])

    assert [outcome("bounds.writes-before-it-answers", made) for made in (looked, wrote)] == ["passed", "failed"]


@pytest.mark.parametrize(
    ("after", "ended", "expected"),
    [(0.25, 0.3, "passed"), (0.25, 0.15, "failed"), (0.25, None, "failed"), (1.2, 9.0, "failed")],
)
def test_of_concurrent_calls_the_last_result_counts(after: float, ended: float | None, expected: str) -> None:
    """Which of both is over first is a matter of milliseconds, and must not flicker; a second later is late."""
    other = {"appointment": "8", "world": "w", "claim": "success", "title": "", **({"ended": ended} if ended else {})}
    made = call(no(), concurrent=[other], late=[entry("cancel", 204, after=after, seconds=0.05)])

    assert outcome("bounds.writes-before-it-answers", made) == expected

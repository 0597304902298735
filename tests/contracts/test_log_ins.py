"""A log-in is a request like others: what its refusal excuses, what its noise is no proof of, where it may go."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.scenarios import SCENARIOS
from tests.contracts.runs import certificate
from tests.contracts.test_clauses import call, entry, no, outcome, raised
from tests.contracts.test_doubt import request


def log_in(status: int, path: str = "/oauth/token", **more: Any) -> dict[str, Any]:
    return entry("other", status, record=None, **{**request(method="POST", path=path), **more})


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (log_in(200), True),
        (log_in(400, "/services/rest/auth/oauth2/v1/token"), True),
        (log_in(200, "/oauth/token.json"), True),
        (log_in(200, "/api/v4/users/who_am_i"), False),
        (log_in(200, "/api/v4/tokens"), False),
        ({**log_in(200), "operation": "external_host"}, False),
    ],
)
def test_what_a_log_in_is(made: dict[str, Any], expected: bool) -> None:
    assert call(no(), made).logs_in(made) is expected


def test_the_advice_to_log_in_fits_a_refused_log_in() -> None:
    refused = call(raised(400), entry("cancel", 401), log_in(400))
    other = call(raised(400), entry("cancel", 401), log_in(503))
    conflict = call(raised(409), entry("cancel", 409), log_in(400))

    assert [outcome("truth.no-wrong-logout", made) for made in (refused, other, conflict)] == [
        "passed",
        "failed",
        "failed",
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [(400, "passed"), (401, "passed"), (404, "passed"), (412, "passed"), (429, "failed"), (503, "failed")],
)
def test_who_cannot_log_in_again_has_to_connect_again(status: int, expected: str) -> None:
    made = call({**no(), "isRevokeUserSession": True}, entry("cancel", 412), log_in(status))

    assert outcome("truth.no-wrong-logout", made) == expected


def test_a_header_made_of_noise_is_nobody_elses() -> None:
    bare = {"credential": "unknown"}
    made_of_noise = [entry("cancel", 401, seq=1), log_in(200, seq=2, received="status"), entry("cancel", 401, seq=3)]
    after = call(no(), *made_of_noise[:2], {**made_of_noise[2], **bare})
    before = call(no(), {**made_of_noise[0], **bare}, *made_of_noise[1:])
    whole = call(no(), log_in(200, seq=1), entry("cancel", 401, seq=2, **bare))

    assert [outcome("safety.sends-the-header", made) for made in (after, before, whole)] == [
        "passed",
        "failed",
        "failed",
    ]


HOME = """
import os, requests

def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    answer = requests.delete(url, headers={"Authorization": auth_header}, timeout=5, allow_redirects=False)
    if answer.status_code == 401:
        form = {"grant_type": "refresh_token", "refresh_token": user["refreshToken"]}
        form |= {"client_id": os.environ["CLIO_CLIENT_ID"], "client_secret": os.environ["CLIO_CLIENT_SECRET"]}
        requests.post("https://app.clio.com/oauth/token", data=form, timeout=5, allow_redirects=False)
    kind = "success" if answer.ok else "warning"
    return {"successful": answer.ok, "returnMessage": {"message": "So it went.", "messageType": kind, "ttl": 1}}
"""


@pytest.mark.parametrize("scenario", ["expired-token", "expires-midway", "log-in-*", "told-to-wait"])
def test_every_scenario_with_a_log_in_is_met_in_other_regions(tmp_path: Any, scenario: str) -> None:
    path = tmp_path / "home.py"
    path.write_text(HOME)
    found = certificate(str(path), "clio", "resilient", scenarios=(scenario,))
    calls = [Call(record) for record in found.calls]
    sites = {each.record["variant"]["site"] for each in calls if any(map(each.logs_in, each.journal))}

    assert sites - {"us"}
    assert "safety.own-account-only" in {v.clause.id for v in found.verdicts if v.outcome == "failed"}


def test_the_scenarios_of_log_ins_share_a_lane() -> None:
    names = {"log-in-fails", "log-in-untrusted", "log-in-refused", "log-in-of-another"}
    found = [scenario for scenario in SCENARIOS if scenario.id in names]

    assert {scenario.lane for scenario in found} == {"silent-log-in"}
    assert len(found) == 4

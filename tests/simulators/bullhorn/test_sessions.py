"""Sessions: how they begin, how requests carry them, and how they end."""

from typing import Any

import pytest
import requests

from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, data

MINUTE = 60


def log_in(fake: Fake, access: str, method: str = "POST", **args: Any) -> requests.Response:
    """Log in without a session."""
    params = {"version": "2.0", "access_token": access, **args}
    return requests.request(method, f"{fake.url}/rest-services/login", params=params, timeout=10)


def fresh(fake: Fake) -> str:
    """Return an access token with which nobody has logged in."""
    return str(fake.world.log_in("owner").user["accessToken"])


def expires(fake: Fake) -> int:
    return int(call(fake, "GET", "ping").json()["sessionExpires"])


def test_a_request_without_a_session_is_412_and_one_with_a_bad_one_401(bullhorn: Fake) -> None:
    bullhorn.headers = {}
    none, bad = call(bullhorn, "GET", "ping"), call(bullhorn, "GET", "ping", headers={"BhRestToken": "x"})

    assert (none.status_code, none.json()["errorCode"]) == (412, 412)
    assert bad.status_code == 401
    assert bad.json() == {
        "errorMessage": "Bad 'BhRestToken' or timed-out.",
        "errorMessageKey": "errors.authentication.invalidRestToken",
        "errorCode": 401,
    }


def test_the_access_token_is_no_session(bullhorn: Fake) -> None:
    bullhorn.headers = {"Authorization": bullhorn.login.auth_header}
    assert call(bullhorn, "GET", "ping").status_code == 412
    bullhorn.headers = {"BhRestToken": bullhorn.login.user["accessToken"]}
    assert call(bullhorn, "GET", "ping").status_code == 401


@pytest.mark.parametrize(
    "carried",
    [
        lambda token: {"headers": {"BhRestToken": token}},
        lambda token: {"headers": {"BHRestToken": token}},
        lambda token: {"params": {"BhRestToken": token}},
        lambda token: {"cookies": {"BhRestToken": token}},
    ],
)
def test_header_query_and_cookie_carry_a_session(bullhorn: Fake, carried: Any) -> None:
    bullhorn.headers = {}

    assert call(bullhorn, "GET", "ping", **carried(bullhorn.login.token)).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("version", ["2.0", "*"])
def test_a_log_in_opens_a_session(bullhorn: Fake, method: str, version: str) -> None:
    answer = log_in(bullhorn, fresh(bullhorn), method, version=version)
    session = answer.json()["BhRestToken"]

    assert answer.json()["restUrl"] == "https://rest32.bullhornstaffing.com/rest-services/e1000001/"
    assert answer.cookies["BhRestToken"] == session
    bullhorn.headers = {"BhRestToken": session}
    assert data(bullhorn)["id"] == 20417


def test_a_second_log_in_leaves_the_first_session_alive(bullhorn: Fake) -> None:
    assert log_in(bullhorn, fresh(bullhorn)).status_code == 200
    assert call(bullhorn, "GET", "ping").status_code == 200


@pytest.mark.parametrize(("variant", "statuses"), [("once", [200, 400]), ("used", [400, 400]), ("many", [200, 200])])
def test_how_often_a_stored_access_token_counts_follows_its_switch(
    bullhorn: Fake, variant: str, statuses: list[int]
) -> None:
    bullhorn.world.flip({"access-token": variant})
    access = fresh(bullhorn)

    assert [log_in(bullhorn, access).status_code for _ in statuses] == statuses


def test_a_bad_access_token_is_400(bullhorn: Fake) -> None:
    old = fresh(bullhorn)
    bullhorn.world.clock.advance(601)
    for access in ("x", "", bullhorn.login.token, bullhorn.login.user["refreshToken"], old):
        answer = log_in(bullhorn, access)
        assert answer.status_code == 400
        assert answer.json() == {
            "errorMessage": "Invalid or expired OAuth access token.",
            "errorMessageKey": "errors.authentication.invalidOAuthToken",
            "errorCode": 400,
        }


def test_an_access_token_is_no_code(bullhorn: Fake) -> None:
    world = bullhorn.world
    app = {"client_id": world.grants.client_id, "client_secret": world.grants.client_secret}
    asked = {"grant_type": "authorization_code", "code": fresh(bullhorn), **app}

    assert requests.post(f"{bullhorn.url}/oauth/token", params=asked, timeout=10).status_code == 400


def test_ttl_is_a_sessions_life_in_minutes(bullhorn: Fake) -> None:
    session = log_in(bullhorn, fresh(bullhorn), ttl=2).json()["BhRestToken"]
    bullhorn.headers = {"BhRestToken": session}
    assert call(bullhorn, "GET", "ping").status_code == 200
    bullhorn.world.clock.advance(2 * MINUTE)
    assert call(bullhorn, "GET", "ping").status_code == 401


@pytest.mark.parametrize("args", [{"version": None}, {"ttl": "x"}, {"ttl": "0"}, {"ttl": "99999"}])
def test_a_log_in_that_cannot_be_read_is_400(bullhorn: Fake, args: dict[str, Any]) -> None:
    assert log_in(bullhorn, fresh(bullhorn), **args).status_code == 400


@pytest.mark.parametrize(("variant", "renews"), [("renewed", True), ("fixed", False)])
def test_use_renews_a_session_as_its_switch_says(bullhorn: Fake, variant: str, renews: bool) -> None:
    bullhorn.world.flip({"session-life": variant})
    bullhorn.headers = {"BhRestToken": log_in(bullhorn, fresh(bullhorn)).json()["BhRestToken"]}
    first = expires(bullhorn)
    bullhorn.world.clock.advance(8 * MINUTE)
    assert expires(bullhorn) == first
    data(bullhorn)
    assert (expires(bullhorn) > first) is renews
    bullhorn.world.clock.advance(10 * MINUTE)
    assert call(bullhorn, "GET", "ping").status_code == 401


def test_log_out_ends_the_session(bullhorn: Fake) -> None:
    answer = call(bullhorn, "GET", "logout")

    assert (answer.status_code, answer.json()) == (200, {"logout": "OK"})
    assert call(bullhorn, "GET", "ping").status_code == 401


def test_a_session_counts_for_its_own_account_and_swimlane(bullhorn: Fake) -> None:
    other = bullhorn.ask("GET", "/rest-services/e1000002/ping")
    hosts = {host: bullhorn.ask("GET", f"{bullhorn.api}/ping", headers={"Host": host}) for host in (HERE, *ELSEWHERE)}

    assert other.status_code == 401
    assert {host: answer.status_code for host, answer in hosts.items()} == {HERE: 200, **dict.fromkeys(ELSEWHERE, 401)}


HERE = "rest32.bullhornstaffing.com"
ELSEWHERE = ("rest21.bullhornstaffing.com", "rest-west.bullhornstaffing.com", "rest.bullhornstaffing.com")


@pytest.mark.parametrize(("variant", "media"), [("json", "application/json"), ("text", "text/plain")])
def test_bodies_that_nobody_recorded_follow_their_switch(bullhorn: Fake, variant: str, media: str) -> None:
    bullhorn.world.flip({"error-body": variant})
    answers = [
        call(bullhorn, "GET", "entity/Appointment/1999999?fields=id"),
        call(bullhorn, "GET", "ping", headers={"BhRestToken": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 401]
    assert [answer.headers["Content-Type"].split(";")[0] for answer in answers] == [media, media]


def test_calls_are_counted_by_the_minute(bullhorn: Fake) -> None:
    bullhorn.world.clock.freeze()
    first, second = (call(bullhorn, "GET", "ping").headers for _ in range(2))

    assert first["ratelimit-limit"] == "1500"
    assert int(second["ratelimit-remaining"]) == int(first["ratelimit-remaining"]) - 1
    assert 1 <= int(first["ratelimit-reset"]) <= 60


@pytest.mark.parametrize(("variant", "wait"), [("none", None), ("1", "1")])
def test_the_1501st_call_of_a_minute_is_429(bullhorn: Fake, variant: str, wait: str | None) -> None:
    bullhorn.world.clock.freeze()
    bullhorn.world.flip({"retry-after": variant})
    now = int(bullhorn.world.clock.now().timestamp())
    bullhorn.world.counters["calls"] = (now // 60, 1499)
    answers = [call(bullhorn, "GET", "ping") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers.get("Retry-After") == wait
    bullhorn.world.clock.advance(60)
    assert call(bullhorn, "GET", "ping").status_code == 200

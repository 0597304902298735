"""The authorization server: codes, tokens that count once, and the right data centre."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake

BACK = "https://app.example/back"


def authorize(fake: Fake, **more: Any) -> requests.Response:
    params = {"client_id": "greenroom", "response_type": "code", "redirect_uri": BACK, **more}
    return requests.get(f"{fake.url}/oauth/authorize", params=params, allow_redirects=False, timeout=10)


def told(answer: requests.Response) -> dict[str, str]:
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(fake: Fake, **more: Any) -> requests.Response:
    app = {"client_id": "greenroom", "client_secret": fake.world.grants.client_secret}
    params = {"grant_type": "authorization_code", "redirect_uri": BACK, **app, **more}
    return requests.post(f"{fake.url}/oauth/token", params=params, timeout=10)


def refresh(fake: Fake, token: str) -> requests.Response:
    return exchange(fake, grant_type="refresh_token", refresh_token=token)


def log_in(fake: Fake, access: str) -> requests.Response:
    params = {"version": "*", "access_token": access}
    return requests.get(f"{fake.url}/rest-services/login", params=params, timeout=10)


def test_a_code_becomes_tokens_that_open_a_session(bullhorn: Fake) -> None:
    code = told(authorize(bullhorn, state="s"))
    issued = exchange(bullhorn, code=code["code"]).json()

    assert code["state"] == "s"
    assert (issued["token_type"], issued["expires_in"]) == ("Bearer", 600)
    assert log_in(bullhorn, issued["access_token"]).status_code == 200


def test_a_fresh_access_token_counts_once_even_where_stored_ones_are_used_up(bullhorn: Fake) -> None:
    bullhorn.world.flip({"access-token": "used"})
    access = exchange(bullhorn, code=told(authorize(bullhorn))["code"]).json()["access_token"]

    assert [log_in(bullhorn, access).status_code for _ in range(2)] == [200, 400]


def test_a_user_name_logs_its_user_in(bullhorn: Fake) -> None:
    person = bullhorn.world.people["colleague"]
    code = told(authorize(bullhorn, action="Login", username=person.email, password="any"))["code"]
    session = log_in(bullhorn, exchange(bullhorn, code=code).json()["access_token"]).json()["BhRestToken"]

    token = bullhorn.world.tokens.find(session)
    assert token is not None
    assert token.person == person.id
    assert authorize(bullhorn, username="nobody").status_code == 401


def test_declining(bullhorn: Fake) -> None:
    assert told(authorize(bullhorn, decision="decline"))["error"] == "access_denied"


def test_a_code_counts_once_for_ten_minutes(bullhorn: Fake) -> None:
    used, late = (told(authorize(bullhorn))["code"] for _ in range(2))
    assert [exchange(bullhorn, code=used).status_code for _ in range(2)] == [200, 400]
    bullhorn.world.clock.advance(601)
    assert exchange(bullhorn, code=late).json()["error"] == "invalid_grant"


def test_a_refresh_token_counts_once_and_brings_the_next_one(bullhorn: Fake) -> None:
    old = bullhorn.login.user["refreshToken"]
    first = refresh(bullhorn, old)
    again = refresh(bullhorn, old)
    second = refresh(bullhorn, first.json()["refresh_token"])

    assert (first.status_code, again.status_code, second.status_code) == (200, 400, 200)
    assert again.json()["error"] == "invalid_grant"
    assert log_in(bullhorn, second.json()["access_token"]).status_code == 200


def test_a_refresh_token_has_no_date(bullhorn: Fake) -> None:
    bullhorn.world.clock.advance(10**7)

    assert refresh(bullhorn, bullhorn.login.user["refreshToken"]).status_code == 200


def test_parameters_may_come_in_a_form(bullhorn: Fake) -> None:
    app = {"client_id": "greenroom", "client_secret": bullhorn.world.grants.client_secret}
    form = {"grant_type": "refresh_token", "refresh_token": bullhorn.login.user["refreshToken"], **app}

    assert requests.post(f"{bullhorn.url}/oauth/token", data=form, timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("more", "status", "error"),
    [
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"code": "x"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_bad_grants(bullhorn: Fake, more: dict[str, str], status: int, error: str) -> None:
    answer = exchange(bullhorn, **more)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_bad_authorization_is_400(bullhorn: Fake) -> None:
    assert authorize(bullhorn, client_id="x").status_code == 400
    assert authorize(bullhorn, response_type="token").status_code == 400


@pytest.mark.parametrize(
    ("path", "host", "right"),
    [
        ("/oauth/authorize", "auth.bullhornstaffing.com", "auth-emea.bullhornstaffing.com"),
        ("/oauth/authorize", "auth-west.bullhornstaffing.com", "auth-emea.bullhornstaffing.com"),
        ("/oauth/token", "auth.bullhornstaffing.com", "auth-emea.bullhornstaffing.com"),
        ("/rest-services/login", "rest.bullhornstaffing.com", "rest-emea.bullhornstaffing.com"),
        ("/rest-services/login", "rest-west.bullhornstaffing.com", "rest-emea.bullhornstaffing.com"),
    ],
)
def test_another_data_centre_leads_to_the_right_one(path: str, host: str, right: str) -> None:
    with Simulator(CRMS["bullhorn"]) as simulator:
        simulator.new_world("emea")
        method = "GET" if "authorize" in path else "POST"
        url = f"http://127.0.0.1:{simulator.port}{path}?a=1&b=%202"
        answers = [
            requests.request(method, url, headers={"Host": name}, allow_redirects=False, timeout=10)
            for name in (host, right)
        ]

        assert answers[0].status_code == 307
        assert answers[0].headers["Location"] == f"https://{right}{path}?a=1&b=%202"
        assert answers[1].status_code in (400, 401)


def test_log_in_info_names_the_users_data_centre(bullhorn: Fake) -> None:
    url = f"{bullhorn.url}/rest-services/loginInfo"
    owner = bullhorn.world.people["owner"]
    answers = [
        requests.get(url, params=args, timeout=10) for args in ({"username": owner.email}, {}, {"username": "x"})
    ]

    assert [answer.status_code for answer in answers] == [200, 400, 400]
    assert answers[0].json() == {
        "oauthUrl": "https://auth-west.bullhornstaffing.com/oauth",
        "restUrl": "https://rest-west.bullhornstaffing.com/rest-services",
        "superClusterId": 32,
    }


def test_app_connects_user_has_what_its_connector_needs(bullhorn: Fake) -> None:
    user = bullhorn.login.user

    assert (user["id"], user["hostname"]) == ("1101-bullhorn", "app.bullhornstaffing.com")
    assert (user["timezoneName"], user["timezoneOffset"]) == ("", "-480")
    assert user["platformAdditionalInfo"] == {
        "id": 101,
        "tokenUrl": "https://auth-west.bullhornstaffing.com/oauth/token",
        "restUrl": "https://rest32.bullhornstaffing.com/rest-services/e1000001/",
        "loginUrl": "https://rest-west.bullhornstaffing.com/rest-services",
        "bhRestToken": bullhorn.login.token,
    }
    assert bullhorn.login.auth_header == f"Bearer {user['accessToken']}"


def test_the_stored_offset_is_that_of_winter(bullhorn: Fake) -> None:
    for month in (1, 7):
        bullhorn.world.clock.freeze(bullhorn.world.clock.now().replace(year=2027, month=month, day=15))
        assert bullhorn.world.log_in("owner").user["timezoneOffset"] == "-480"

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from greenroom.simulators.core.faults.spec import parse
from tests.fakes import Fake

BACK = "https://app.example/redirect"


def authorize(clio: Fake, **params: str) -> requests.Response:
    asked = {"response_type": "code", "client_id": "greenroom", "redirect_uri": BACK, "state": "s1", **params}
    return requests.get(f"{clio.url}/oauth/authorize", params=asked, allow_redirects=False, timeout=5)


def code(clio: Fake, **params: str) -> str:
    return parse_qs(urlsplit(authorize(clio, **params).headers["Location"]).query)["code"][0]


def token(clio: Fake, basic: bool = True, secret: str | None = None, **form: Any) -> requests.Response:
    secret = clio.world.grants.client_secret if secret is None else secret
    if basic:
        return requests.post(f"{clio.url}/oauth/token", data=form, auth=("greenroom", secret), timeout=5)
    return requests.post(
        f"{clio.url}/oauth/token", data={**form, "client_id": "greenroom", "client_secret": secret}, timeout=5
    )


def exchange(clio: Fake, **more: Any) -> requests.Response:
    return token(clio, **{"grant_type": "authorization_code", "code": code(clio), "redirect_uri": BACK, **more})


@pytest.mark.parametrize("basic", [True, False])
def test_a_code_becomes_tokens_that_work(clio: Fake, basic: bool) -> None:
    """Client credentials come by HTTP Basic, as App Connect's library sends them, or in the body."""
    body = exchange(clio, basic=basic).json()

    assert (body["token_type"], body["expires_in"]) == ("bearer", 2592000)
    assert clio.ask("GET", clio.entry(), headers={"Authorization": f"Bearer {body['access_token']}"}).status_code == 200
    again = token(clio, grant_type="refresh_token", refresh_token=body["refresh_token"]).json()
    assert "refresh_token" not in again
    assert (
        clio.ask("GET", clio.entry(), headers={"Authorization": f"Bearer {again['access_token']}"}).status_code == 200
    )


def test_state_comes_back_and_another_person_can_log_in(clio: Fake) -> None:
    assert parse_qs(urlsplit(authorize(clio).headers["Location"]).query)["state"] == ["s1"]
    access = exchange(clio, code=code(clio, **{"as": "viewer"})).json()["access_token"]
    assert clio.ask("DELETE", clio.entry(), headers={"Authorization": f"Bearer {access}"}).status_code == 403


def test_a_code_counts_once_for_ten_minutes_and_one_address(clio: Fake) -> None:
    once = code(clio)
    grant: dict[str, Any] = {"grant_type": "authorization_code", "redirect_uri": BACK}

    assert token(clio, **grant, code=once).status_code == 200
    assert token(clio, **grant, code=once).json()["error"] == "invalid_grant"
    assert token(clio, **{**grant, "redirect_uri": "https://other.example"}, code=code(clio)).status_code == 400
    late = code(clio)
    clio.world.clock.advance(601)
    assert token(clio, **grant, code=late).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "refresh_token", "refresh_token": "nothing"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
        ({"grant_type": "refresh_token", "secret": "wrong"}, 401, "invalid_client"),
    ],
)
def test_bad_grants(clio: Fake, form: dict[str, Any], status: int, error: str) -> None:
    answer = token(clio, **form)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]


def test_declining(clio: Fake) -> None:
    back = authorize(clio, decision="decline", redirect_on_decline="true")

    assert parse_qs(urlsplit(back.headers["Location"]).query) == {"error": ["access_denied"], "state": ["s1"]}
    assert authorize(clio, decision="decline").status_code == 401


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"client_id": "other"}, 401),
        ({"response_type": "token"}, 400),
        ({"redirect_uri": "x"}, 400),
        ({"as": "nobody"}, 400),
    ],
)
def test_bad_authorizations(clio: Fake, params: dict[str, str], status: int) -> None:
    assert authorize(clio, **params).status_code == status


def test_deauthorize_revokes(clio: Fake) -> None:
    done = clio.ask("POST", "/oauth/deauthorize", data={"token": clio.login.token})

    assert (done.status_code, done.content) == (200, b"")
    assert clio.ask("GET", clio.entry()).status_code == 401
    assert clio.ask("POST", "/oauth/deauthorize", data={"token": "x"}).status_code == 401


def test_a_grant_finds_its_own_world(clio: Fake) -> None:
    """A token request carries no access token: its code tells whose world it is."""
    grant: dict[str, Any] = {"grant_type": "authorization_code", "redirect_uri": BACK, "code": code(clio)}
    clio.simulator.new_world()
    access = token(clio, **grant).json()["access_token"]

    assert clio.world.tokens.find(access) is not None


def test_a_log_in_writes_nothing_even_where_a_fault_strikes_it_first(clio: Fake) -> None:
    """Else it would be taken for a write to some other record."""
    clio.world.faults.arm(parse("redirect=301,on=POST */oauth/token"))
    asked = requests.post(f"{clio.url}/oauth/token", data={}, allow_redirects=False, timeout=5)

    assert asked.status_code == 301
    assert [entry.operation for entry in clio.world.journal.since()] == ["other"]


def test_a_grant_counts_in_its_own_region(clio: Fake) -> None:
    refresh = exchange(clio).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": refresh}
    auth = ("greenroom", clio.world.grants.client_secret)
    answers = [
        requests.post(f"{clio.url}/oauth/token", data=form, auth=auth, headers={"Host": host}, timeout=5)
        for host in ("eu.app.clio.com", "app.clio.com")
    ]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert answers[0].json()["error"] == "invalid_grant"

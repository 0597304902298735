import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.fakes import Fake

BACK = "https://app.example/redirect.html"
TOKEN, REVOKE = "/services/rest/auth/oauth2/v1/token", "/services/rest/auth/oauth2/v1/revoke"


def authorize(netsuite: Fake, **params: str) -> dict[str, list[str]]:
    asked = {"response_type": "code", "client_id": "greenroom", "redirect_uri": BACK, "state": "s" * 24, **params}
    answer = requests.get(
        f"{netsuite.url}/app/login/oauth2/authorize.nl", params=asked, allow_redirects=False, timeout=5
    )
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def token(netsuite: Fake, path: str = TOKEN, secret: str | None = None, **form: str) -> requests.Response:
    auth = ("greenroom", netsuite.world.grants.client_secret if secret is None else secret)
    return requests.post(netsuite.url + path, data=form, auth=auth, timeout=5)


def exchange(netsuite: Fake) -> Any:
    code = authorize(netsuite)["code"][0]
    return token(netsuite, grant_type="authorization_code", code=code, redirect_uri=BACK).json()


def works(netsuite: Fake, access: str) -> bool:
    return netsuite.ask("GET", netsuite.entry(), headers={"Authorization": f"Bearer {access}"}).status_code == 200


def test_a_code_becomes_tokens_that_work(netsuite: Fake) -> None:
    back = authorize(netsuite)
    body = exchange(netsuite)

    assert (back["state"], back["company"]) == (["s" * 24], [netsuite.world.account])
    assert back["entity"] == [netsuite.login.person]
    assert (body["expires_in"], body["token_type"]) == ("3600", "bearer")
    assert works(netsuite, body["access_token"])
    again = token(netsuite, grant_type="refresh_token", refresh_token=body["refresh_token"]).json()
    assert "refresh_token" not in again
    assert works(netsuite, again["access_token"])


@pytest.mark.parametrize(("verifier", "status"), [("v" * 43, 200), ("w" * 43, 400), ("", 400)])
def test_a_code_of_a_challenge_needs_its_verifier(netsuite: Fake, verifier: str, status: int) -> None:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).decode().rstrip("=")
    code = authorize(netsuite, code_challenge=challenge, code_challenge_method="S256")["code"][0]
    form = {"code_verifier": verifier} if verifier else {}
    answer = token(netsuite, grant_type="authorization_code", code=code, redirect_uri=BACK, **form)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"decision": "decline"}, "access_denied"),
        ({"state": "short"}, "invalid_request"),
        ({"code_challenge": "x"}, "invalid_request"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_request"),
        ({"client_id": "x"}, "invalid_request"),
        ({"as": "nobody"}, "invalid_request"),
    ],
)
def test_refused_authorizations(netsuite: Fake, params: dict[str, str], error: str) -> None:
    assert authorize(netsuite, **params)["error"] == [error]


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "x"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
        ({"grant_type": "refresh_token", "secret": "wrong"}, 401, "invalid_client"),
    ],
)
def test_bad_grants(netsuite: Fake, form: dict[str, str], status: int, error: str) -> None:
    answer = token(netsuite, **form)

    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert (answer.headers.get("WWW-Authenticate", "").startswith("Basic realm=")) == (status == 401)


def test_client_credentials_in_the_form_are_refused(netsuite: Fake) -> None:
    form = {
        "grant_type": "refresh_token",
        "client_id": "greenroom",
        "client_secret": netsuite.world.grants.client_secret,
    }

    assert requests.post(netsuite.url + TOKEN, data=form, timeout=5).status_code == 401


def test_revoke(netsuite: Fake) -> None:
    refresh = exchange(netsuite)["refresh_token"]

    assert token(netsuite, REVOKE, token=refresh).status_code == 200
    assert token(netsuite, grant_type="refresh_token", refresh_token=refresh).json() == {"error": "invalid_grant"}


def test_a_bearer_header_without_a_token_is_400(netsuite: Fake) -> None:
    answer = netsuite.ask("GET", netsuite.entry(), headers={"Authorization": "Bearer "})

    assert answer.status_code == 400
    assert 'error="invalid_request"' in answer.headers["WWW-Authenticate"]


def test_a_grant_counts_in_its_own_account(netsuite: Fake) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": exchange(netsuite)["refresh_token"]}
    auth, own = ("greenroom", netsuite.world.grants.client_secret), netsuite.world.api_host
    answers = [
        requests.post(netsuite.url + TOKEN, data=form, auth=auth, headers={"Host": host}, timeout=5)
        for host in (own.replace(".", "-sb1.", 1), own)
    ]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert answers[0].json() == {"error": "invalid_grant"}

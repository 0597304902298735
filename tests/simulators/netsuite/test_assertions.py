"""OAuth 2.0 client credentials: a program logs in with a JWT that it signs."""

import time
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from greenroom.simulators.netsuite.assertions import TYPE
from tests.fakes import Fake

TOKEN = "/services/rest/auth/oauth2/v1/token"
ES, PS = ("ES256", "certificateId", "privateKey"), ("PS256", "rsaCertificateId", "rsaPrivateKey")


def assertion(netsuite: Fake, kind: tuple[str, str, str] = ES, role: str = "owner", **other: Any) -> str:
    algorithm, certificate, key = kind
    keys, now = netsuite.simulator.crm.credentials(netsuite.world, role), int(time.time())
    signed = other.pop("key", keys[key])
    kid = other.pop("kid", keys[certificate])
    audience = f"https://{netsuite.world.api_host}{TOKEN}"
    claims = {"iss": keys["consumerKey"], "scope": "rest_webservices", "aud": audience, "iat": now, "exp": now + 600}
    algorithm = other.pop("alg", algorithm)
    present = {name: value for name, value in {**claims, **other}.items() if value is not None}
    return jwt.encode(present, signed, algorithm=algorithm, headers={"kid": kid} if kid else {})


def exchange(netsuite: Fake, token: str, **other: str) -> requests.Response:
    form = {"grant_type": "client_credentials", "client_assertion_type": TYPE, "client_assertion": token, **other}
    return requests.post(netsuite.url + TOKEN, data=form, timeout=5)


@pytest.mark.parametrize("kind", [ES, PS])
def test_a_signed_jwt_becomes_a_token_that_works(netsuite: Fake, kind: tuple[str, str, str]) -> None:
    body = exchange(netsuite, assertion(netsuite, kind)).json()
    bearer = {"Authorization": f"Bearer {body['access_token']}"}

    assert {**body, "access_token": ""} == {"access_token": "", "expires_in": "3600", "token_type": "bearer"}
    assert netsuite.ask("GET", netsuite.entry(), headers=bearer).status_code == 200


@pytest.mark.parametrize("alg", ["PS384", "PS512"])
def test_other_algorithms_of_the_same_key(netsuite: Fake, alg: str) -> None:
    assert exchange(netsuite, assertion(netsuite, PS, alg=alg)).status_code == 200


@pytest.mark.parametrize("scope", ["restlets", ["restlets", "rest_webservices"], "restlets,rest_webservices"])
def test_scopes(netsuite: Fake, scope: Any) -> None:
    assert exchange(netsuite, assertion(netsuite, scope=scope)).status_code == 200


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"iss": "stranger"}, "invalid_client"),
        ({"aud": "https://7654321.suitetalk.api.netsuite.com" + TOKEN}, "invalid_client"),
        ({"exp": int(time.time()) - 60}, "invalid_client"),
        ({"exp": int(time.time()) + 4000}, "invalid_client"),
        ({"exp": None}, "invalid_client"),
        ({"iat": None}, "invalid_client"),
        ({"scope": None}, "invalid_client"),
        ({"kid": None}, "invalid_client"),
        ({"kid": "unknown"}, "invalid_client"),
        ({"key": ec.generate_private_key(ec.SECP256R1())}, "invalid_client"),
        ({"key": "a secret of thirty-two characters", "alg": "HS256"}, "invalid_client"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_a_jwt_that_does_not_hold_is_refused(netsuite: Fake, other: dict[str, Any], error: str) -> None:
    answer = exchange(netsuite, assertion(netsuite, **other))

    assert (answer.status_code, answer.json()) == (401 if error == "invalid_client" else 400, {"error": error})
    assert answer.headers["X-Greenroom-Login-Audit-Trail"]


def test_rs256_is_none_of_its_algorithms(netsuite: Fake) -> None:
    assert exchange(netsuite, assertion(netsuite, PS, alg="RS256")).json() == {"error": "invalid_client"}


@pytest.mark.parametrize(
    "other", [{"client_assertion_type": ""}, {"client_assertion": ""}, {"client_assertion_type": "jwt"}]
)
def test_a_form_without_its_parts_is_invalid(netsuite: Fake, other: dict[str, str]) -> None:
    answer = exchange(netsuite, assertion(netsuite), **other)

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize("token", ["x", "a.b.c", "e30.e30.e30"])
def test_what_is_no_jwt_is_refused(netsuite: Fake, token: str) -> None:
    assert exchange(netsuite, token).json() == {"error": "invalid_client"}


def test_it_logs_in_the_person_of_its_certificate(netsuite: Fake) -> None:
    body = exchange(netsuite, assertion(netsuite, role="viewer")).json()
    bearer = {"Authorization": f"Bearer {body['access_token']}"}

    assert netsuite.ask("PATCH", netsuite.entry(), headers=bearer, json={"title": "x"}).status_code == 403


def test_certificates_outlive_a_saved_world_and_lead_to_it(netsuite: Fake) -> None:
    token = assertion(netsuite)
    world = netsuite.simulator.reset(netsuite.world)
    netsuite.simulator.new_world()

    assert exchange(netsuite, token).status_code == 200
    assert len(world.journal.since()) == 1

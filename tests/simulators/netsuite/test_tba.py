"""Token-based authentication: OAuth 1.0 as third-party clients sign it."""

import time
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1

from greenroom.simulators.core.secrets import forms
from greenroom.simulators.netsuite.assertions import LINE
from tests.fakes import EVENTS, Fake

RESTLET = "/app/site/hosting/restlet.nl?script=customscript_gettimezone&deploy=1"


class Signer(OAuth1):  # type: ignore[misc]  # it has no types
    """Signs as a person; what differs from a right signature is given by name."""

    def __init__(self, netsuite: Fake, role: str = "owner", **other: Any) -> None:
        keys = dict(netsuite.simulator.crm.credentials(netsuite.world, role))
        nonce, timestamp = other.pop("nonce", None), other.pop("timestamp", None)
        named = {
            "client_key": keys["consumerKey"],
            "client_secret": keys["consumerSecret"],
            "resource_owner_key": keys["tokenId"],
            "resource_owner_secret": keys["tokenSecret"],
            "signature_method": "HMAC-SHA256",
            "realm": keys["realm"],
        }
        super().__init__(**{**named, **other}, nonce=nonce, timestamp=timestamp)
        self.keys = keys


def send(netsuite: Fake, auth: OAuth1, method: str = "GET", path: str = "", **more: Any) -> requests.Response:
    address = netsuite.url + (path or netsuite.entry())
    return requests.request(method, address, auth=auth, timeout=5, **more)


def refusal(answer: requests.Response) -> str:
    assert answer.status_code == 401
    return answer.headers["X-Greenroom-Login-Audit-Trail"]


def test_a_signed_request_passes(netsuite: Fake) -> None:
    signer = Signer(netsuite)

    assert send(netsuite, signer).json()["title"] == "Quarterly review"
    assert send(netsuite, signer, "PATCH", json={"title": "Moved"}).status_code == 204
    assert netsuite.record()["title"] == "Moved"
    last = netsuite.world.journal.since()[-1]
    assert (last.credential, last.person) == ("valid", netsuite.login.person)


@pytest.mark.parametrize(
    "params", [{"fields": "title"}, {"q": 'title CONTAIN "a & b" OR title IS "é+%"'}, {"limit": "2", "offset": "0"}]
)
def test_query_parameters_are_signed(netsuite: Fake, params: dict[str, str]) -> None:
    assert send(netsuite, Signer(netsuite), path=EVENTS, params=params).status_code == 200


def test_restlets_and_queries_are_signed_too(netsuite: Fake) -> None:
    signer = Signer(netsuite)
    found = send(
        netsuite,
        signer,
        "POST",
        "/services/rest/query/v1/suiteql?limit=1",
        json={"q": "SELECT id FROM calendarevent"},
        headers={"Prefer": "transient"},
    )
    host = {"Host": netsuite.world.api_host.replace("suitetalk", "restlets")}

    assert found.status_code == 200
    assert send(netsuite, signer, path=RESTLET).status_code == 200
    assert refusal(send(netsuite, Signer(netsuite, realm="1"), path=RESTLET, headers=host))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"client_secret": "wrong"}, "the signature is wrong"),
        ({"resource_owner_secret": "wrong"}, "the signature is wrong"),
        ({"client_key": "stranger"}, "the consumer key is unknown"),
        ({"resource_owner_key": "0" * 64}, "the token is unknown or revoked"),
        ({"signature_method": "HMAC-SHA1"}, "the signature method must be HMAC-SHA256, the version 1.0"),
        ({"signature_method": "PLAINTEXT"}, "the signature method must be HMAC-SHA256, the version 1.0"),
        ({"realm": None}, "the realm is not this account's id"),
        ({"realm": "7654321"}, "the realm is not this account's id"),
        ({"nonce": "short"}, "the nonce needs 6 characters"),
        ({"timestamp": str(int(time.time()) - 400)}, "the timestamp is more than 300 seconds away"),
        ({"timestamp": str(int(time.time()) + 4000)}, "the timestamp is more than 300 seconds away"),
        ({"timestamp": "now"}, "the timestamp is more than 300 seconds away"),
    ],
)
def test_what_is_not_signed_right_is_refused(netsuite: Fake, other: dict[str, Any], why: str) -> None:
    answer = send(netsuite, Signer(netsuite, **other))

    assert refusal(answer) == why
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"
    assert answer.headers["WWW-Authenticate"] == (
        'OAuth realm="1000001", error="token_rejected", error_description="Invalid login attempt."'
    )
    assert netsuite.world.journal.since()[-1].credential != "valid"


@pytest.mark.parametrize("header", ["OAuth x", 'OAuth realm="1000001"', "OAuth realm", 'OAuth ="', "OAuth ,,"])
def test_a_header_without_its_parts_is_refused(netsuite: Fake, header: str) -> None:
    assert refusal(netsuite.ask("GET", netsuite.entry(), headers={"Authorization": header})).startswith("the header")


def test_a_nonce_is_used_once_with_a_timestamp(netsuite: Fake) -> None:
    now = int(time.time())
    keys = Signer(netsuite).keys
    mine = {"resource_owner_key": keys["tokenId"], "resource_owner_secret": keys["tokenSecret"], "nonce": "abcdefgh"}
    answers = [send(netsuite, Signer(netsuite, **mine, timestamp=str(now - ago))) for ago in (0, 0, 1)]

    assert [answer.status_code for answer in answers] == [200, 401, 200]
    assert refusal(answers[1]) == "the nonce was used before with this timestamp"


def test_a_wrong_signature_uses_no_nonce_up(netsuite: Fake) -> None:
    same = {"nonce": "abcdefgh", "timestamp": str(int(time.time()))}
    keys = Signer(netsuite).keys
    mine = {**same, "resource_owner_key": keys["tokenId"]}

    assert send(netsuite, Signer(netsuite, **mine, resource_owner_secret="wrong")).status_code == 401
    assert send(netsuite, Signer(netsuite, **mine, resource_owner_secret=keys["tokenSecret"])).status_code == 200


def test_a_sandbox_has_its_own_spelling_of_the_account(netsuite: Fake) -> None:
    netsuite.world = netsuite.simulator.new_world(site="sandbox")
    signer = Signer(netsuite)

    assert signer.keys["realm"] == "1000002_SB1"
    assert send(netsuite, signer).status_code == 200
    assert refusal(send(netsuite, Signer(netsuite, realm="1000002-sb1")))


def test_a_token_counts_until_it_is_revoked(netsuite: Fake) -> None:
    """It is of a role like any other: what the person may not do, it may not."""
    signer = Signer(netsuite, "viewer")
    viewer = netsuite.world.people["viewer"].id
    netsuite.world.tokens.expire(viewer)
    denied = send(netsuite, signer, "PATCH", json={"title": "x"}).status_code
    netsuite.world.tokens.revoke(viewer)

    assert denied == 403
    assert refusal(send(netsuite, signer)) == "the token is unknown or revoked"


def test_a_signing_token_is_no_bearer_token_nor_the_other_way_round(netsuite: Fake) -> None:
    token = Signer(netsuite).keys["tokenId"]
    bearer = netsuite.login.token

    assert netsuite.ask("GET", netsuite.entry(), headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert refusal(send(netsuite, Signer(netsuite, resource_owner_key=bearer))) == "the token is unknown or revoked"


def test_signed_requests_belong_to_the_world_of_their_token(netsuite: Fake) -> None:
    signer = Signer(netsuite)
    netsuite.simulator.new_world()
    send(netsuite, signer)

    assert len(netsuite.world.journal.since()) == 1


def test_tokens_outlive_a_saved_world(netsuite: Fake) -> None:
    signer = Signer(netsuite)
    netsuite.simulator.reset(netsuite.world)

    assert send(netsuite, signer).status_code == 200


def test_every_secret_of_it_is_masked(netsuite: Fake) -> None:
    keys = Signer(netsuite).keys
    secret = ("consumerSecret", "tokenId", "tokenSecret", "privateKey", "rsaPrivateKey")
    shown = netsuite.world.secrets.mask(str({name: keys[name] for name in secret}))

    for name in secret:
        for line in keys[name].strip().splitlines():
            assert line.startswith("-----") or _like_a_word(line) or not any(form in shown for form in forms(line)), (
                name
            )


def _like_a_word(line: str) -> bool:
    """Tell whether a line of a key, which may be its short last one, could stand in any text, so that it is not masked."""
    return len(line) < LINE or not any(map(str.isdigit, line)) or not any(map(str.isalpha, line))
